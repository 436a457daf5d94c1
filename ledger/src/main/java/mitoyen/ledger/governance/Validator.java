package mitoyen.ledger.governance;

import java.nio.charset.StandardCharsets;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// Who has a seat among those that order the ledger (LE-170).
///
/// @param key by which it signs blocks, an Ed25519 one
/// @param power the weight of its votes, 1 to [#MOST_POWER]
/// @param name what people call it, at most 40 bytes of UTF-8
public record Validator(SignerKey key, long power, String name) {
    /// The most seats.
    public static final int MOST = 128;

    /// The greatest power. That of 128 seats together stays far below what the engine adds up.
    public static final long MOST_POWER = 1L << 40;

    /// The length of the longest name [bytes].
    public static final int LONGEST_NAME = 40;

    public Validator {
        if (key.isP256()) {
            throw new IllegalArgumentException("a validator whose key is not of Ed25519");
        }
        if (power < 1 || power > MOST_POWER) {
            throw new IllegalArgumentException("a validator with the power " + power);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("a name of more than 40 bytes: " + name);
        }
    }

    /// What the engine calls it.
    public ValidatorAddress address() {
        return ValidatorAddress.of(key);
    }

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(3).key("key").bytes(key.bytes());
        writer.key("name").text(name);
        writer.key("power").integer(power);
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is no validator
    public static Validator read(CborReader reader) throws CborException {
        reader.beginMap();
        SignerKey key = new SignerKey(reader.key("key").fixedBytes(SignerKey.LENGTH));
        String name = reader.key("name").text(LONGEST_NAME);
        int start = reader.key("power").offset();
        long power = reader.unsigned(MOST_POWER);
        if (power == 0) {
            throw new CborException(start, "a validator without power");
        }
        reader.endMap();
        return new Validator(key, power, name);
    }
}
