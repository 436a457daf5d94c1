package mitoyen.ledger.governance;

import java.util.Optional;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// What the ledger remembers of a validator: that it has a seat, or that it lost it by cheating
/// (LE-176). One that left is forgotten.
///
/// @param key by which it signs blocks
/// @param name what people call it
/// @param power the weight of its votes; 0 if it has no seat any more
/// @param offence the first evidence against it
public record Seat(SignerKey key, String name, long power, Optional<Offence> offence) {
    private static final int DEPTH = 3;

    public Seat {
        if (power < 0 || power > Validator.MOST_POWER || (power == 0 && offence.isEmpty())) {
            throw new IllegalArgumentException("a seat with the power " + power);
        }
    }

    static Seat of(Validator validator) {
        return new Seat(validator.key(), validator.name(), validator.power(), Optional.empty());
    }

    /// Whether it has a seat.
    public boolean isTaken() {
        return power > 0;
    }

    /// Who has the seat.
    public Optional<Validator> findValidator() {
        return isTaken() ? Optional.of(new Validator(key, power, name)) : Optional.empty();
    }

    /// With this power and name.
    Seat with(long changed, String called) {
        return new Seat(key, called, changed, offence);
    }

    /// With evidence against it, unless there is some already.
    Seat accused(Offence of) {
        return new Seat(key, name, power, offence.or(() -> Optional.of(of)));
    }

    Seat vacated() {
        return new Seat(key, name, 0, offence);
    }

    /// The key that it stands under in the state.
    public ByteString stateKey() {
        return ValidatorAddress.of(key).bytes();
    }

    /// The bytes that stand for it in the state's root (LE-176).
    public byte[] toCbor() {
        CborWriter writer = new CborWriter().map(offence.isPresent() ? 4 : 3);
        writer.key("key").bytes(key.bytes());
        writer.key("name").text(name);
        writer.key("power").integer(power);
        offence.ifPresent(each -> {
            writer.key("offence").map(2).key("noticed").integer(each.noticedAt());
            each.evidence().write(writer.key("evidence"));
        });
        return writer.toBytes();
    }

    /// What [#toCbor] wrote.
    ///
    /// @throws CborException if the bytes are no seat
    public static Seat fromCbor(byte[] bytes) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        SignerKey key = new SignerKey(reader.key("key").fixedBytes(SignerKey.LENGTH));
        String name = reader.key("name").text(Validator.LONGEST_NAME);
        int start = reader.key("power").offset();
        long power = reader.unsigned(Validator.MOST_POWER);
        Optional<Offence> offence =
                reader.optionalKey("offence") ? Optional.of(readOffence(reader)) : Optional.empty();
        reader.endMap();
        reader.end();
        if (power == 0 && offence.isEmpty()) {
            throw new CborException(start, "neither power nor an offence");
        }
        return new Seat(key, name, power, offence);
    }

    private static Offence readOffence(CborReader reader) throws CborException {
        reader.beginMap();
        long noticed = reader.key("noticed").unsigned(Long.MAX_VALUE);
        Evidence evidence = Evidence.read(reader.key("evidence"));
        reader.endMap();
        return new Offence(evidence, noticed);
    }

    /// Evidence, and when it came.
    ///
    /// @param noticedAt the height of the engine's block that brought it
    public record Offence(Evidence evidence, long noticedAt) {}
}
