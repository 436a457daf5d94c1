package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Money;
import mitoyen.node.input.Refused;
import mitoyen.node.keys.Keys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Days that are given again with other readings (issue 3, "Again and again"; `EN-52`).
class CorrectionTest {
    private static final String B1_AT_NOON = "2025-10-30T12:00:00+01:00,B1";

    @TempDir private Path temporary;
    private Street street;

    @BeforeEach
    void layOut() throws Exception {
        street = Street.at(temporary, Street.LANE);
    }

    @Test
    void a_correction_settles_the_day_anew_and_claims_the_difference() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-11-01");
        street.settle(rows);
        LocalDate day = LocalDate.of(2025, 10, 30);
        Digest before = street.settled(day).settlement().allocations();

        assertThat(street.correct(Readings.revise(rows, B1_AT_NOON, "9.5")))
                .isEqualTo(
                        "0 settled, 1 corrected, 2 already settled; 2025-10 claims 2, 2025-11"
                                + " claims 1; waiting []; block 8");

        var corrected = street.settled(day);
        assertThat(corrected.revision()).isEqualTo(1);
        assertThat(corrected.settlement().supersedes()).contains(before);
        assertThat(corrected.settlement().allocations()).isNotEqualTo(before);
        Claimed.assertThatItIsWhatIsOwed(street);
        Street atOnce = Street.at(temporary.resolve("at-once"), Street.LANE);
        atOnce.settle(Readings.revise(rows, B1_AT_NOON, "9.5"));
        for (String file : List.of("allocations.csv", "sales.csv")) {
            assertThat(street.out().resolve(file))
                    .hasSameBinaryContentAs(atOnce.out().resolve(file));
        }
        assertThat(street.ledger().month("2025-10").claimed())
                .isEqualTo(atOnce.ledger().month("2025-10").claimed());
    }

    @Test
    void a_day_can_be_corrected_back_to_what_it_was() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");
        street.settle(rows);
        var first = street.ledger();
        street.correct(Readings.revise(rows, B1_AT_NOON, "9.5"));
        assertThat(street.correct(rows)).contains("1 corrected", "2025-10 claims 3", "block 8");
        assertThat(street.ledger().month("2025-10").claimed())
                .isEqualTo(first.month("2025-10").claimed());
        assertThat(street.verify()).startsWith("OK blocks=8 transactions=8 ");
    }

    @Test
    void a_correction_that_changes_no_cent_is_claimed_too() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");
        street.settle(rows);
        String midnight = "2025-10-30T00:00:00+01:00,B1";
        assertThat(street.correct(Readings.revise(rows, midnight, "0.777777")))
                .contains("1 corrected", "2025-10 claims 2");
        Claimed.assertThatItIsWhatIsOwed(street);
    }

    /// The operator sends two revised days: the day between them is not said to be without
    /// readings, and gaps that count as 0 do not make it a day of zeros.
    @Test
    void a_settled_day_between_revised_ones_stays_as_it_is() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-29..2025-10-31");
        street.settle(rows);
        LocalDate between = LocalDate.of(2025, 10, 30);
        var before = street.settled(between);
        List<String> revised = new ArrayList<>(Street.LANE_READINGS.rows("2025-10-29"));
        revised.addAll(Street.LANE_READINGS.rows("2025-10-31"));
        String noon = "2025-10-31T12:00:00+01:00,B1";

        assertThat(street.correct(Readings.revise(revised, noon, "9.5")))
                .contains("0 settled, 1 corrected, 1 already settled");

        assertThat(street.settled(between)).isEqualTo(before);
        Claimed.assertThatItIsWhatIsOwed(street);
    }

    @Test
    void a_day_corrected_without_a_member_takes_his_claim_back() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-31"));
        assertThat(street.out().resolve("statements/carla-2025-10.html")).exists();
        street.agree(Street.LANE_WITHOUT_CARLA);
        List<String> rows = Street.withoutCarla(Street.LANE_READINGS.rows("2025-10-31"));
        assertThatThrownBy(() -> street.settle(rows))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("2025-10-31: the consumption of meter C1 at ");
        assertThat(street.correct(rows)).contains("1 corrected", "2025-10 claims 2");
        Keys keys = Keys.find(street.out().resolve("keys")).orElseThrow();
        AccountId carla = new AccountId(ByteString.of(keys.getMember("carla").pseudonym()));
        assertThat(street.ledger().month("2025-10").claimed()).containsEntry(carla, Money.ZERO);
        assertThat(street.out().resolve("statements/carla-2025-10.html")).doesNotExist();
        Claimed.assertThatItIsWhatIsOwed(street);
    }

    @Test
    void a_day_that_was_cut_is_completed_by_a_correction() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");
        List<String> cut = rows.subList(0, rows.size() - 30);
        assertThat(street.command(street.file(cut)).status()).isEqualTo(2);
        assertThat(street.out()).doesNotExist();
        assertThat(street.command(street.file(cut), "--partial").status()).isZero();
        assertThat(street.summary().path("to").asString()).isEqualTo("2025-10-31T13:00:00Z");
        Street.Said refused = street.command(street.file(rows));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "2025-10-31: it was settled from 2025-10-30T23:00:00Z to"
                                + " 2025-10-31T13:00:00Z and now runs from 2025-10-30T23:00:00Z"
                                + " to 2025-10-31T23:00:00Z");
        assertThat(street.command(street.file(rows), "--correct").status()).isZero();
        assertThat(street.summary().path("to").asString()).isEqualTo("2025-10-31T23:00:00Z");
        assertThat(street.verify()).contains("settlements=recomputed anchored=yes");
    }

    @Test
    void other_readings_of_a_settled_day_are_refused_and_change_nothing() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-10-31");
        street.settle(rows);
        var before = Street.files(street.out());
        List<String> more = new ArrayList<>(Readings.revise(rows, B1_AT_NOON, "9.5"));
        more.addAll(Street.LANE_READINGS.rows("2025-11-01"));

        Street.Said said = street.command(street.file(more));

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err())
                .contains(
                        "settled days with other readings now: 1; nothing was changed", "--correct")
                .contains("2025-10-30: the consumption of meter B1 at 2025-10-30T11:00:00Z was ")
                .contains(" kWh and is now 9.500000 kWh");
        assertThat(Street.files(street.out())).isEqualTo(before);
    }
}
