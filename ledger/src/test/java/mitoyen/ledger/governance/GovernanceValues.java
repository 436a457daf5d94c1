package mitoyen.ledger.governance;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.RoundTrip.Codec;

/// What the state holds of validators, as bytes (LE-176): examples and codecs.
final class GovernanceValues {
    static final Map<String, Codec> CODECS =
            new TreeMap<>(Map.of("seat", input -> Seat.fromCbor(input).toCbor()));

    private GovernanceValues() {}

    static Map<String, byte[]> examples() {
        return new TreeMap<>(Map.of("seat", seat(0).toCbor()));
    }

    /// A seat with an offence.
    static Seat seat(long power) {
        SignerKey key = new SignerKey(ByteString.of(new byte[SignerKey.LENGTH]));
        Evidence evidence =
                new Evidence(
                        ValidatorAddress.of(key),
                        300,
                        Misbehaviour.LIGHT_CLIENT_ATTACK,
                        Long.MIN_VALUE);
        return new Seat(key, "Éa", power, Optional.of(new Seat.Offence(evidence, 70_000)));
    }
}
