package mitoyen.ledger.wire;

import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// A bundle that executes nothing: the Tick of a shared ledger, whose engine takes no bytes twice
/// (LE-179). Whoever sees that a timer is due sends one.
///
/// @param dueMillis when the timer is due [ms since 1970]
/// @param height of the ledger's last block when it was made, at least 0
public record Wake(long dueMillis, long height) {
    private static final int DEPTH = 1;

    public Wake {
        if (height < 0) {
            throw new IllegalArgumentException("a wake at the height " + height);
        }
    }

    /// The one encoding.
    public byte[] toBytes() {
        return new CborWriter()
                .map(2)
                .key("due")
                .integer(dueMillis)
                .key("height")
                .integer(height)
                .toBytes();
    }

    /// The wake that these bytes are.
    ///
    /// @throws CborException if they are none
    public static Wake decode(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        long due = reader.key("due").integer();
        long height = reader.key("height").unsigned(Long.MAX_VALUE);
        reader.endMap();
        reader.end();
        return new Wake(due, height);
    }
}
