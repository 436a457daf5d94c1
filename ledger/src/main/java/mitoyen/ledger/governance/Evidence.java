package mitoyen.ledger.governance;

import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// That a validator cheated, as the engine found and agreed on it (LE-174).
///
/// @param address of the validator
/// @param height of the engine's block at which it cheated, at least 0
/// @param kind what it did
/// @param timeMillis when that block was [ms since 1970]
public record Evidence(ValidatorAddress address, long height, Misbehaviour kind, long timeMillis) {
    public Evidence {
        if (height < 0) {
            throw new IllegalArgumentException("evidence of the height " + height);
        }
    }

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(4).key("kind").integer(kind.number());
        writer.key("time").integer(timeMillis);
        writer.key("height").integer(height);
        writer.key("key-hash").bytes(address.bytes());
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is no evidence
    public static Evidence read(CborReader reader) throws CborException {
        reader.beginMap();
        int start = reader.key("kind").offset();
        long number = reader.integer();
        Misbehaviour kind =
                Misbehaviour.find(number)
                        .orElseThrow(() -> new CborException(start, "an unknown misbehaviour"));
        long time = reader.key("time").integer();
        long height = reader.key("height").unsigned(Long.MAX_VALUE);
        ByteString address = reader.key("key-hash").fixedBytes(ValidatorAddress.LENGTH);
        reader.endMap();
        return new Evidence(new ValidatorAddress(address), height, kind, time);
    }

    /// The one encoding.
    public byte[] toCbor() {
        CborWriter writer = new CborWriter();
        write(writer);
        return writer.toBytes();
    }
}
