package mitoyen.node.snapshot;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateBuilder;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.proof.Digest;

/// A state that was written down entry by entry (LE-158), as the first version's snapshots have it;
/// one entry in memory at a time.
final class StateStream {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_KEY = 256;

    private StateStream() {}

    /// Reads a state, to the end of the stream.
    ///
    /// @throws IOException if it is none
    static State read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
        StateBuilder builder = new StateBuilder();
        long entries = 0;
        try {
            for (int length = data.readInt(); length != 0; length = data.readInt()) {
                if (length < 0 || length > MOST_BYTES) {
                    throw new CborException(0, "an entry of " + length + " bytes");
                }
                read(data.readNBytes(length), builder);
                entries++;
            }
            if (data.read() >= 0) {
                throw new CborException(0, "more than a state");
            }
            return hashed(builder.build());
        } catch (CborException none) {
            throw new IOException(
                    "not a ledger's state, behind entry " + entries + ": " + none.getMessage(),
                    none);
        } catch (EOFException cut) {
            throw new IOException("not a ledger's state: it ends behind entry " + entries, cut);
        }
    }

    /// The state with the roots of its parts worked out, each part on a processor of its own: that
    /// of the whole, which is asked for next, then takes no time.
    private static State hashed(State state) {
        List<Supplier<Digest>> parts =
                List.of(
                        state.account()::holdersRoot,
                        state.accounts()::root,
                        state.traffic()::sendersRoot,
                        state.traffic()::idsRoot,
                        state.account().pending()::root,
                        state.timers()::root,
                        state.account()::limitsRoot);
        parts.parallelStream().map(Supplier::get).forEach(_ -> {});
        return state;
    }

    private static void read(byte[] entry, StateBuilder builder) throws CborException {
        CborReader reader = new CborReader(entry, 1);
        reader.beginArray(3);
        StatePart part =
                StatePart.find(reader.text(LONGEST_NAME))
                        .orElseThrow(() -> new CborException(0, "an unknown part"));
        ByteString key = reader.bytes(LONGEST_KEY);
        ByteString value = reader.bytes(MOST_BYTES);
        reader.endArray();
        reader.end();
        builder.add(part, key, value.toBytes());
    }
}
