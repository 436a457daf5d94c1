package mitoyen.ledger.machine;

import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Which rules hold from which height on (LE-155).
///
/// @param version of the protocol
/// @param height of the first block under its rules
/// @param parameters the limits that hold from there
public record Activation(int version, long height, Parameters parameters) {
    byte[] toCbor() {
        CborWriter writer = new CborWriter().map(3).key("height").integer(height);
        writer.key("version").integer(version);
        parameters.writeAll(writer.key("parameters"));
        return writer.toBytes();
    }

    /// @throws CborException if what follows is none
    static Activation read(CborReader reader) throws CborException {
        reader.beginMap();
        long height = reader.key("height").unsigned(Long.MAX_VALUE);
        int version = (int) reader.key("version").unsigned(Integer.MAX_VALUE);
        Parameters parameters = Parameters.readAll(reader.key("parameters"));
        reader.endMap();
        return new Activation(version, height, parameters);
    }
}
