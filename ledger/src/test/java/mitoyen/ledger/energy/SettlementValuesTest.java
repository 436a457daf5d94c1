package mitoyen.ledger.energy;

import static mitoyen.ledger.energy.SettlementValues.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.RoundTrip;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;

/// LE-182 and LE-185: what the state holds of communities with settlers is read back from its
/// bytes, and from no others; and what a word of a settler does to what he said before.
final class SettlementValuesTest {
    private static final Digest ROOT = Sha256.of();

    @Test
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused() {
        SettlementValues.examples()
                .forEach((kind, bytes) ->
                        RoundTrip.holdsAround(SettlementValues.CODECS, kind, bytes));
    }

    @Test
    void whatIsWrittenIsReadBack() throws CborException {
        assertThat(DayProposal.fromCbor(SettlementValues.proposal().toCbor()))
                .isEqualTo(SettlementValues.proposal());
        assertThat(OpenClaim.fromCbor(SettlementValues.openClaim().toCbor()))
                .isEqualTo(SettlementValues.openClaim());
    }

    /// A settler speaks once.
    @Test
    void settlersStandInOrderAndOnce() {
        for (List<AccountId> wrong :
                List.of(List.of(account(5), account(4)), List.of(account(4), account(4)))) {
            DayProposal proposal =
                    new DayProposal(
                            account(4), SettlementValues.settlement(), wrong, List.of(), List.of());
            assertThatExceptionOfType(CborException.class)
                    .isThrownBy(() -> DayProposal.fromCbor(proposal.toCbor()));
            List<Objection> objections =
                    wrong.stream()
                            .map(each ->
                                    new Objection(
                                            each, Optional.empty(), ROOT, OptionalInt.empty()))
                            .toList();
            OpenClaim claim =
                    new OpenClaim(
                            account(4),
                            SettlementValues.openClaim().claim(),
                            1,
                            false,
                            List.of(),
                            objections);
            assertThatExceptionOfType(CborException.class)
                    .isThrownBy(() -> OpenClaim.fromCbor(claim.toCbor()));
        }
    }

    /// LE-184: who agrees with the readings may dissent from the allocations; who dissents from the
    /// readings agrees with nothing.
    @Test
    void theLatestWordCounts() {
        AccountId settler = account(9);
        DayProposal open = DayProposal.of(account(4), SettlementValues.settlement());
        DayProposal both =
                open.attestedBy(settler, SettledRoot.READINGS)
                        .attestedBy(settler, SettledRoot.ALLOCATIONS);
        assertThat(both.readings()).containsExactly(settler);
        assertThat(both.allocations()).containsExactly(settler);
        DayProposal other = both.with(dissent(settler, SettledRoot.ALLOCATIONS));
        assertThat(other.readings()).containsExactly(settler);
        assertThat(other.allocations()).isEmpty();
        assertThat(other.attestedBy(settler, SettledRoot.READINGS).dissents()).hasSize(1);
        assertThat(other.attestedBy(settler, SettledRoot.ALLOCATIONS).dissents()).isEmpty();
        DayProposal none = both.with(dissent(settler, SettledRoot.READINGS));
        assertThat(none.readings()).isEmpty();
        assertThat(none.allocations()).isEmpty();
        assertThat(none.attestedBy(settler, SettledRoot.READINGS).dissents()).isEmpty();
        assertThat(none.with(dissent(settler, SettledRoot.ALLOCATIONS)).dissents()).hasSize(1);
    }

    private static Objection dissent(AccountId settler, SettledRoot kind) {
        return new Objection(settler, Optional.of(kind), ROOT, OptionalInt.empty());
    }
}
