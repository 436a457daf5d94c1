package mitoyen.ledger.light;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.light.LightValidator.Vote;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.Ed25519;

/// Blocks of an engine with validators whose keys are known here, and those that a network of four
/// validators of CometBFT 0.40.0 made: after block 8 the second validator got more power, after
/// block 11 the fourth was gone.
final class LightWorld {
    static final String CHAIN = "mitoyen-light";

    /// The time of block 1 [s].
    static final long BEGIN = 1_800_000_000L;

    private static final BlockParts PARTS = new BlockParts(1, Sha256.of(new byte[] {1}));

    private LightWorld() {}

    /// The blocks of the real network by name, `block 1` to `block 14`.
    static SequencedMap<String, ByteString> recorded() {
        SequencedMap<String, ByteString> blocks = new LinkedHashMap<>();
        try (InputStream in = LightWorld.class.getResourceAsStream("network.txt")) {
            String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            lines.lines()
                    .map(line -> List.of(line.split(";", -1)))
                    .forEach(line -> blocks.put(line.get(0), ByteString.parseHex(line.get(1))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableSequencedMap(blocks);
    }

    /// The block of a name, which there has to be.
    static ByteString get(SequencedMap<String, ByteString> blocks, String name) {
        return Objects.requireNonNull(blocks.get(name), name);
    }

    /// The real network's block of a height, 1 to 14.
    static LightBlock recorded(int height) {
        return decode(get(recorded(), "block " + height));
    }

    static LightBlock decode(ByteString bytes) {
        try {
            return LightBlockCodec.decode(bytes.toBytes());
        } catch (CborException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /// A validator's secret.
    ///
    /// @param number of the validator, from 0
    static byte[] seed(int number) {
        return Sha256.of(("validator " + number).getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    /// Validators without votes: so many from a number on, each of its power.
    static List<LightValidator> validators(int from, long... powers) {
        List<LightValidator> validators = new ArrayList<>();
        for (int i = 0; i < powers.length; i++) {
            ByteString key = ByteString.of(Ed25519.keyOf(seed(from + i)));
            validators.add(new LightValidator(key, powers[i], Optional.empty()));
        }
        return validators;
    }

    /// A header of a height that the engine makes every second, of these validators and followed by
    /// the same.
    static LightHeader header(long height, List<LightValidator> validators) {
        return header(CHAIN, height, BEGIN + height, validators, validators);
    }

    static LightHeader header(
            String chain,
            long height,
            long seconds,
            List<LightValidator> validators,
            List<LightValidator> next) {
        Digest any = Sha256.of(new byte[] {(byte) height});
        return new LightHeader(
                new LightHeader.Version(11, 1),
                chain,
                height,
                new EngineTime(seconds, 5),
                height == 1 ? Optional.empty() : Optional.of(new PreviousBlock(any, PARTS)),
                any,
                any,
                hash(validators),
                hash(next),
                any,
                ByteString.parseHex("%016x%s".formatted(height - 1, any)),
                any,
                any,
                ByteString.of(new byte[20]));
    }

    /// A block that some of its validators signed.
    ///
    /// @param from the number of the first validator
    /// @param signers which of them, counted from the first
    static LightBlock block(
            LightHeader header, List<LightValidator> validators, int from, List<Integer> signers) {
        LightBlock unsigned = new LightBlock(header, 2, PARTS, validators);
        List<LightValidator> signed = new ArrayList<>(validators);
        for (int signer : signers) {
            signed.set(signer, vote(unsigned, signer, seed(from + signer)));
        }
        return new LightBlock(header, 2, PARTS, signed);
    }

    /// A validator of a block with its vote, each a nanosecond later than the one before.
    static LightValidator vote(LightBlock block, int validator, byte[] seed) {
        EngineTime time = new EngineTime(block.header().time().seconds() + 1, validator);
        ByteString signature = ByteString.of(Ed25519.sign(seed, block.toSigned(time)));
        LightValidator silent = block.validators().get(validator);
        return new LightValidator(
                silent.key(), silent.power(), Optional.of(new Vote(time, signature)));
    }

    static Digest hash(List<LightValidator> validators) {
        return new LightBlock(recorded(1).header(), 0, PARTS, validators).validatorsHash();
    }
}
