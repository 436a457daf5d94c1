package mitoyen.ledger.machine;

import java.nio.charset.StandardCharsets;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// What a ledger begins with. Its hash is the ledger's name: every transaction states it, so that
/// none is valid on another ledger (LE-50).
///
/// @param name what its founder calls it, at most 64 bytes of UTF-8
/// @param founder whose signature founding a community needs
/// @param parameters the limits that hold
public record Genesis(String name, SignerKey founder, Parameters parameters) {
    /// The protocol version whose rules these are.
    public static final int PROTOCOL_VERSION = 1;

    private static final int LONGEST_NAME = 64;
    private static final int DEPTH = 2;

    public Genesis {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("a name of more than 64 bytes: " + name);
        }
    }

    /// The bytes that are kept and hashed.
    public byte[] toBytes() {
        CborWriter writer = new CborWriter().map(4).key("name").text(name);
        writer.key("founder").bytes(founder.bytes());
        writer.key("version").integer(PROTOCOL_VERSION);
        return parameters.write(writer.key("parameters")).toBytes();
    }

    /// The genesis that these bytes are.
    ///
    /// @throws CborException if they are none, or of another protocol version
    public static Genesis decode(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        String name = reader.key("name").text(LONGEST_NAME);
        SignerKey founder = new SignerKey(reader.key("founder").fixedBytes(SignerKey.LENGTH));
        int start = reader.key("version").offset();
        long version = reader.integer();
        if (version != PROTOCOL_VERSION) {
            throw new CborException(start, "protocol version " + version + " is not known");
        }
        Parameters parameters = Parameters.read(reader.key("parameters"));
        reader.endMap();
        reader.end();
        return new Genesis(name, founder, parameters);
    }

    /// The hash that names the ledger.
    public Digest hash() {
        return Sha256.of(toBytes());
    }
}
