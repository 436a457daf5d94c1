package mitoyen.ledger.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.RoundTrip;
import org.junit.jupiter.api.Test;

/// LE-174 and LE-176: what the state holds of validators is read back from its bytes, and from no
/// others.
final class GovernanceValuesTest {
    @Test
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused() {
        GovernanceValues.examples()
                .forEach((kind, bytes) ->
                        RoundTrip.holdsAround(GovernanceValues.CODECS, kind, bytes));
    }

    @Test
    void aSeatHasTheseBytes() throws CborException {
        Seat seat = GovernanceValues.seat(0);
        assertThat(HexFormat.of().formatHex(seat.toCbor()))
                .isEqualTo(
                        "a4"
                                + "636b6579"
                                + "5820"
                                + "00".repeat(32)
                                + "646e616d65"
                                + "63c38961"
                                + "65706f776572"
                                + "00"
                                + "676f6666656e6365"
                                + "a2"
                                + "676e6f7469636564"
                                + "1a00011170"
                                + "6865766964656e6365"
                                + "a4"
                                + "646b696e64"
                                + "02"
                                + "6474696d65"
                                + "3b7fffffffffffffff"
                                + "66686569676874"
                                + "19012c"
                                + "686b65792d68617368"
                                + "54"
                                + "66687aadf862bd776c8fc18b8e9f8e20089714856ee2".substring(0, 40));
        assertThat(Seat.fromCbor(seat.toCbor())).isEqualTo(seat);
        assertThat(seat.findValidator()).isEmpty();
        assertThat(GovernanceValues.seat(9).findValidator()).isPresent();
    }

    /// Nobody is remembered who neither has a seat nor cheated; power has its range.
    @Test
    void aSeatHasPowerOrAnOffence() {
        Seat seat = GovernanceValues.seat(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Seat(seat.key(), "", 0, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Seat(seat.key(), "", Validator.MOST_POWER + 1, seat.offence()));
        String hex =
                HexFormat.of().formatHex(new Seat(seat.key(), "", 1, Optional.empty()).toCbor());
        String none = hex.replace("65706f77657201", "65706f77657200");
        assertThat(none).isNotEqualTo(hex);
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> Seat.fromCbor(HexFormat.of().parseHex(none)));
    }

    @Test
    void misbehaviourIsNumberedAsTheEngineDoes() {
        assertThat(List.of(Misbehaviour.values()).stream().map(Misbehaviour::number))
                .containsExactly(1, 2);
        assertThat(Misbehaviour.find(0)).isEmpty();
        assertThat(Misbehaviour.find(3)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Evidence(
                                new ValidatorAddress(ByteString.of(new byte[20])),
                                -1,
                                Misbehaviour.DOUBLE_SIGNING,
                                0));
    }
}
