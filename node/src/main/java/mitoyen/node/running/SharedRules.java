package mitoyen.node.running;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Misconduct;
import mitoyen.consensus.SharedApplication;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.ValidatorAddress;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.ledger.wire.Examined;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.ledger.wire.Wake;

/// What a node answers the engine of several nodes about a shared ledger.
///
/// The anchor that validators sign is the height and the root over all blocks: what people write
/// down (decision 0005), so that a header of the engine checks every proof of the ledger.
final class SharedRules implements SharedApplication {
    /// What a bundle takes in a proposal besides its bytes, at most [bytes].
    private static final long HEAD_BYTES = 8;

    private static final Verdict MALFORMED = Verdict.refused("neither a bundle nor a wake");
    private static final Verdict EMPTY = Verdict.refused("a bundle without transactions");
    private static final Verdict NOT_DUE = Verdict.refused("a wake for nothing that is due");
    private static final Verdict DONE =
            Verdict.refused("every transaction is done, or would be refused at the door");

    private final RunningLedger ledger;
    private final InstantSource clock;
    private final StaleTimes staleTimes = new StaleTimes();

    /// @param clock what tells whether a timer is due and a block's time is stale
    SharedRules(RunningLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public String ledger() {
        return ledger.genesis().hash().toString();
    }

    @Override
    public SortedMap<String, Long> validators() {
        SortedMap<String, Long> powers = new TreeMap<>();
        ledger.executedState()
                .governance()
                .validators()
                .forEach(each -> powers.put(each.key().bytes().toString(), each.power()));
        return powers;
    }

    /// What was examined before is judged at once: after each block, all that waits is.
    @Override
    public CompletableFuture<Verdict> check(byte[] bundle, boolean again) {
        Optional<Examined> known = ledger.findExamined(bundle);
        return known.isPresent()
                ? CompletableFuture.completedFuture(judge(known.get()))
                : CompletableFuture.supplyAsync(() -> judge(ledger.examine(bundle)));
    }

    @Override
    public List<byte[]> select(
            long timeMillis, OptionalLong belowMillis, List<byte[]> waiting, long most) {
        if (staleTimes.passes(clock.millis(), timeMillis, belowMillis)) {
            return List.of();
        }
        List<byte[]> selected = new ArrayList<>();
        long left = most;
        for (byte[] bundle : waiting) {
            long size = bundle.length + HEAD_BYTES;
            if (size <= left && isWanted(bundle, timeMillis)) {
                left -= size;
                selected.add(bundle);
            }
        }
        return List.copyOf(selected);
    }

    @Override
    public boolean accepts(long timeMillis, List<byte[]> bundles) {
        return bundles.parallelStream().map(ledger::examine).allMatch(SharedRules::isValid);
    }

    @Override
    public byte[] notice(long engineHeight, List<Misconduct> misconduct) {
        return new EngineNotice(
                        misconduct.stream().map(SharedRules::translate).toList(), engineHeight)
                .toBytes();
    }

    @Override
    public long engineHeight(byte[] notice) {
        return heightOf(notice);
    }

    /// The height of the engine's block, read from its notice.
    ///
    /// @throws IllegalArgumentException if it is none
    static long heightOf(byte[] notice) {
        try {
            return EngineNotice.decode(notice).height();
        } catch (CborException malformed) {
            throw new IllegalArgumentException("no notice of an engine", malformed);
        }
    }

    @Override
    public byte[] anchor(Optional<BlockHeader> last) {
        return anchor(ledger.proofs().rootWith(last));
    }

    /// What validators sign of a root over all blocks (`CE-1`).
    static byte[] anchor(LogRoot root) {
        return ByteBuffer.allocate(Long.BYTES + root.root().toBytes().length)
                .putLong(root.size())
                .put(root.root().toBytes())
                .array();
    }

    private Verdict judge(Examined examined) {
        return switch (examined) {
            case Examined.Malformed _ -> MALFORMED;
            case Examined.Woken(Wake wake) ->
                    isDue(wake, clock.millis()) ? Verdict.ADMITTED : NOT_DUE;
            case Examined.Transactions(var all) -> judge(all);
        };
    }

    /// A bundle may wait if all of it is signed, and something of it would get past the door.
    private Verdict judge(List<Examined.One> all) {
        if (all.isEmpty()) {
            return EMPTY;
        }
        boolean useful = false;
        for (int index = 0; index < all.size(); index++) {
            switch (all.get(index).verification()) {
                case Verification.Refused(var reason) -> {
                    return Verdict.refused("transaction " + index + ": " + reason);
                }
                case Verification.Verified(VerifiedTransaction verified) ->
                        useful = useful || ledger.findDoor(verified, clock.millis()).isEmpty();
            }
        }
        return useful ? Verdict.ADMITTED : DONE;
    }

    private static boolean isValid(Examined examined) {
        return switch (examined) {
            case Examined.Malformed _ -> false;
            case Examined.Woken _ -> true;
            case Examined.Transactions(var all) ->
                    !all.isEmpty()
                            && all.stream()
                                    .map(Examined.One::verification)
                                    .allMatch(Verification.Verified.class::isInstance);
        };
    }

    private boolean isWanted(byte[] bundle, long timeMillis) {
        Examined examined = ledger.examine(bundle);
        return examined instanceof Examined.Woken(Wake wake)
                ? isDue(wake, timeMillis)
                : isValid(examined);
    }

    private boolean isDue(Wake wake, long nowMillis) {
        return wake.height() == ledger.height() && ledger.isTimerDue(nowMillis);
    }

    private static Evidence translate(Misconduct found) {
        byte[] address = HexFormat.of().parseHex(found.validator());
        Misbehaviour kind =
                switch (found.kind()) {
                    case DOUBLE_SIGNING -> Misbehaviour.DOUBLE_SIGNING;
                    case LIGHT_CLIENT_ATTACK -> Misbehaviour.LIGHT_CLIENT_ATTACK;
                };
        return new Evidence(
                new ValidatorAddress(ByteString.of(address)),
                found.height(),
                kind,
                found.timeMillis());
    }
}
