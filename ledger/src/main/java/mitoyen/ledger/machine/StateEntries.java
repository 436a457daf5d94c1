package mitoyen.ledger.machine;

import java.nio.ByteBuffer;
import java.util.Map;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.MerkleMap;

/// All entries of a state, one after the other: the same on every machine in the same state
/// (LE-156). [StateBuilder] makes the state of them again.
public final class StateEntries {
    private StateEntries() {}

    /// Gives each entry to a sink: by part, in each part by place.
    public static void forEach(State state, Sink sink) {
        write(sink, StatePart.ACCOUNTS, state.accounts().entries());
        write(sink, StatePart.COMMUNITIES, state.energy().communities());
        write(sink, StatePart.DAYS, state.energy().days());
        write(sink, StatePart.MONTHS, state.energy().months());
        write(sink, StatePart.TRANSACTIONS, state.transactions());
        write(sink, StatePart.HOLDERS, state.account().holders());
        write(sink, StatePart.ASSETS, state.account().assets());
        write(sink, StatePart.LIMITS, state.account().limits());
        write(sink, StatePart.PENDING, state.account().pending().entries());
        write(sink, StatePart.SENDERS, state.traffic().senders());
        for (Map.Entry<Long, MerkleMap<IdEntry>> window : state.traffic().windows().entrySet()) {
            window.getValue()
                    .forEachEncoded((key, value) ->
                            sink.take(StatePart.IDS, inWindow(window.getKey(), key), value));
        }
        write(sink, StatePart.TIMERS, state.timers().entries());
        if (!state.activations().all().isEmpty()) {
            byte[] activations = state.activations().toBytes();
            sink.take(StatePart.ACTIVATION, ByteString.of(new byte[0]), activations);
        }
        write(sink, StatePart.VALIDATORS, state.governance().seats());
        write(sink, StatePart.PROPOSALS, state.energy().proposals());
        write(sink, StatePart.OPEN_CLAIMS, state.energy().openClaims());
    }

    private static void write(Sink sink, StatePart part, MerkleMap<?> entries) {
        entries.forEachEncoded((key, value) -> sink.take(part, key, value));
    }

    static ByteString inWindow(long window, ByteString key) {
        byte[] bytes = new byte[Long.BYTES + key.length()];
        ByteBuffer.wrap(bytes).putLong(window);
        key.copyTo(bytes, Long.BYTES);
        return ByteString.of(bytes);
    }

    /// What takes entries.
    @FunctionalInterface
    public interface Sink {
        /// Takes the next entry.
        ///
        /// @param key as in the part's table (LE-56, LE-104)
        /// @param value the bytes that stand for it in the part's root; the sink's own
        void take(StatePart part, ByteString key, byte[] value);
    }
}
