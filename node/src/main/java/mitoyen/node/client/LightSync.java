package mitoyen.node.client;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightBlockCodec;
import mitoyen.ledger.light.LightClient;
import mitoyen.ledger.light.LightVerdict;
import mitoyen.ledger.light.LightVerdict.Reason;
import mitoyen.ledger.proof.Digest;

/// The way from a header of the engine that somebody trusts to the last one that a node has. What
/// the node gives is checked, never believed.
///
/// Where too many validators changed in between to go there at once, it goes half the way first.
public final class LightSync {
    /// How often at most it asks: each change of validators takes a few questions.
    private static final int MOST_QUESTIONS = 1_000;

    private final Source node;
    private final LightClient client;
    private final InstantSource clock;
    private int questions;

    /// @param node where light blocks come from, such as [LedgerClient#findLight]
    /// @param clock what tells whether a header is too old to be trusted, or from the future
    public LightSync(Source node, LightClient client, InstantSource clock) {
        this.node = node;
        this.client = client;
        this.clock = clock;
    }

    /// Where light blocks come from.
    @FunctionalInterface
    public interface Source {
        /// The bytes of one, not checked; nothing where there is none.
        ///
        /// @param which `latest`, or `headers/` and the engine's height
        Optional<byte[]> find(String which) throws IOException;
    }

    /// Where somebody begins, and where he may end.
    ///
    /// @param height of the engine's block, from 1
    /// @param hash of its header
    public record Trust(long height, Digest hash) {}

    /// How it ended.
    public sealed interface Outcome {
        /// At the last header that the node has, which holds.
        record Reached(LightBlock block) implements Outcome {}

        /// At a header that does not.
        ///
        /// @param height that was asked for, or that the last says it has; 0 where it says none
        record Refused(long height, Reason reason) implements Outcome {}

        /// At a height of which the node has no header.
        ///
        /// @param height that was asked for; 0 for the last
        record Missing(long height) implements Outcome {}
    }

    /// Goes from a trusted header to the last.
    ///
    /// @throws IOException if the node does not answer, or goes on without end
    public Outcome follow(Trust trust) throws IOException {
        Optional<byte[]> first = header(trust.height());
        if (first.isEmpty()) {
            return new Outcome.Missing(trust.height());
        }
        return switch (client.begin(first.get(), trust.hash())) {
            case LightVerdict.Refused(Reason reason) -> new Outcome.Refused(trust.height(), reason);
            case LightVerdict.Proved(LightBlock block) -> toLatest(block);
        };
    }

    private Outcome toLatest(LightBlock trusted) throws IOException {
        Optional<byte[]> latest = ask("latest");
        if (latest.isEmpty()) {
            return new Outcome.Missing(0);
        }
        LightVerdict verdict = verify(trusted, latest.get());
        if (verdict instanceof LightVerdict.Refused(Reason reason) && reason == Reason.HEIGHT) {
            return new Outcome.Reached(trusted);
        }
        LightBlock from = trusted;
        while (verdict.equals(new LightVerdict.Refused(Reason.TRUSTED_POWER))) {
            switch (halfway(from, heightOf(latest.get()))) {
                case Outcome.Reached(LightBlock block) -> from = block;
                case Outcome.Refused refused -> {
                    return refused;
                }
                case Outcome.Missing missing -> {
                    return missing;
                }
            }
            verdict = verify(from, latest.get());
        }
        return outcome(verdict, heightOf(latest.get()));
    }

    /// The nearest header that can be reached, from half of the way on downwards.
    private Outcome halfway(LightBlock from, long to) throws IOException {
        long low = from.header().height();
        long high = to;
        while (true) {
            high = low + Math.max(1, (high - low) / 2);
            Optional<byte[]> middle = header(high);
            if (middle.isEmpty()) {
                return new Outcome.Missing(high);
            }
            LightVerdict verdict = verify(from, middle.get());
            if (!verdict.equals(new LightVerdict.Refused(Reason.TRUSTED_POWER))) {
                return outcome(verdict, high);
            }
        }
    }

    /// The height in a light block, 0 where the bytes are none.
    private static long heightOf(byte[] block) {
        try {
            return LightBlockCodec.decode(block).header().height();
        } catch (CborException malformed) {
            return 0;
        }
    }

    private static Outcome outcome(LightVerdict verdict, long height) {
        return switch (verdict) {
            case LightVerdict.Proved(LightBlock block) -> new Outcome.Reached(block);
            case LightVerdict.Refused(Reason reason) -> new Outcome.Refused(height, reason);
        };
    }

    private LightVerdict verify(LightBlock trusted, byte[] block) {
        return client.verify(trusted, block, clock.millis());
    }

    private Optional<byte[]> header(long height) throws IOException {
        return ask("headers/" + height);
    }

    private Optional<byte[]> ask(String path) throws IOException {
        if (++questions > MOST_QUESTIONS) {
            throw new IOException("no end after " + MOST_QUESTIONS + " light blocks");
        }
        return node.find(path);
    }
}
