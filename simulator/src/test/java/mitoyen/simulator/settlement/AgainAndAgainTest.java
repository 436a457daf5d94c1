package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.FolderLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Run after run on one folder (issue 3, "Again and again"; `EN-52`).
class AgainAndAgainTest {
    @TempDir private Path temporary;
    private Street street;

    @BeforeEach
    void layOut() throws Exception {
        street = Street.at(temporary, Street.LANE);
    }

    @Test
    void new_days_and_months_go_on_where_the_ledger_stands() throws Exception {
        settles(
                "2025-10-29..2025-10-31",
                "3 settled, 0 corrected, 0 already settled; 2025-10 claims 1; waiting []; block 5");
        settles(
                "2025-10-29..2025-10-31",
                "0 settled, 0 corrected, 3 already settled; 2025-10 claims 1; waiting []; block 5");
        settles(
                "2025-10-31..2025-11-02",
                "2 settled, 0 corrected, 1 already settled; 2025-10 claims 1, 2025-11 claims 0;"
                        + " waiting [2025-11]; block 7");
    }

    @Test
    void a_claim_waits_for_a_week_of_new_days_or_the_end_of_the_month() throws Exception {
        settles(
                "2025-10-01..2025-10-10",
                "10 settled, 0 corrected, 0 already settled; 2025-10 claims 1; waiting []; block"
                        + " 12");
        settles(
                "2025-10-11..2025-10-16",
                "6 settled, 0 corrected, 0 already settled; 2025-10 claims 1; waiting [2025-10];"
                        + " block 18");
        settles(
                "2025-10-17..2025-10-17",
                "1 settled, 0 corrected, 0 already settled; 2025-10 claims 2; waiting []; block"
                        + " 20");
        settles(
                "2025-10-18..2025-10-29",
                "12 settled, 0 corrected, 0 already settled; 2025-10 claims 2; waiting [2025-10];"
                        + " block 32");
        settles(
                "2025-10-30..2025-10-30",
                "1 settled, 0 corrected, 0 already settled; 2025-10 claims 2; waiting [2025-10];"
                        + " block 33");
        settles(
                "2025-10-31..2025-10-31",
                "1 settled, 0 corrected, 0 already settled; 2025-10 claims 3; waiting []; block"
                        + " 35");
        Claimed.assertThatItIsWhatIsOwed(street);
    }

    /// Two claims that differ by one day would give that day's money away.
    @Test
    void a_single_new_day_waits_also_in_the_month_that_the_ledger_began_with() throws Exception {
        settles(
                "2025-10-01..2025-10-03",
                "3 settled, 0 corrected, 0 already settled; 2025-10 claims 1; waiting []; block 5");
        settles(
                "2025-10-04..2025-10-04",
                "1 settled, 0 corrected, 0 already settled; 2025-10 claims 1; waiting [2025-10];"
                        + " block 6");
    }

    @Test
    void october_may_come_after_november() throws Exception {
        settles(
                "2025-11-01..2025-11-02",
                "2 settled, 0 corrected, 0 already settled; 2025-11 claims 1; waiting []; block 4");
        settles(
                "2025-10-30..2025-10-31",
                "2 settled, 0 corrected, 0 already settled; 2025-10 claims 1, 2025-11 claims 1;"
                        + " waiting []; block 7");
        Street inOrder = Street.at(temporary.resolve("in-order"), Street.LANE);
        inOrder.settle(Street.LANE_READINGS.rows("2025-10-30..2025-11-02"));
        for (String file : List.of("allocations.csv", "sales.csv")) {
            assertThat(street.out().resolve(file))
                    .hasSameBinaryContentAs(inOrder.out().resolve(file));
        }
    }

    @Test
    void the_same_readings_again_change_no_byte_of_the_folder() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-30..2025-11-01");
        street.settle(rows);
        var before = Street.files(street.out());
        assertThat(street.settle(rows)).contains("3 already settled");
        assertThat(Street.files(street.out())).isEqualTo(before);
    }

    @Test
    void only_statements_of_members_are_cleared_away() throws Exception {
        Path statements = Files.createDirectories(street.out().resolve("statements"));
        Path foreign = Files.writeString(statements.resolve("bank-2025-10.csv"), "not ours");
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        Path stale = Files.writeString(statements.resolve("carla-2024-01.html"), "ours once");
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        assertThat(foreign).hasContent("not ours");
        assertThat(stale).doesNotExist();
    }

    /// EN-6.
    @Test
    void settled_days_keep_their_price_and_key_when_these_change() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-29..2025-10-30"));
        List<String> before = salesOf("2025-10");
        street.agree(
                Street.LANE
                        .replace("local: \"0.140000\"", "local: \"0.210000\"")
                        .replace(
                                "{type: pro-rata}",
                                "{type: static, coefficients: {B1: \"0.30\", C1: \"0.70\"}}"));
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-10-30..2025-10-31")))
                .contains("1 settled", "1 already settled");
        List<String> after = salesOf("2025-10");
        assertThat(after).hasSize(4).containsAll(before);
        assertThat(after).filteredOn(line -> line.contains(",0.210000,")).hasSize(2);
        assertThat(street.verify()).startsWith("OK ");
    }

    @Test
    void a_new_member_joins_on_later_days() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-29..2025-10-30"));
        street.agree(
                Street.LANE
                        + "  - {id: dora, name: Dora Roux, meters: [{id: D1, from:"
                        + " 2025-10-31}]}\n");
        Readings four =
                new Readings(
                        Street.LANE_READINGS.zone(),
                        Street.LANE_READINGS.step(),
                        List.of("P1", "B1", "C1", "D1"),
                        2025);
        assertThat(street.settle(four.rows("2025-10-31"))).contains("1 settled", "block 6");
        assertThat(Files.readString(street.out().resolve("sales.csv")))
                .contains("2025-10,paula,dora,");
        assertThat(street.out().resolve("keys/members/dora.key")).exists();
        assertThat(street.verify()).startsWith("OK ");
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-10-29..2025-10-30")))
                .contains("2 already settled");
    }

    /// Decision 0010.
    @Test
    void a_meter_that_the_first_file_had_forgotten_is_a_difference() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-31");
        street.agree(Street.LANE_WITHOUT_CARLA);
        street.settle(rows.stream().filter(row -> !row.contains(",C1,")).toList());
        street.agree(Street.LANE);
        assertThatThrownBy(() -> street.settle(rows))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("2025-10-31: meter C1 took no part when it was settled");
        assertThat(street.correct(rows)).contains("1 corrected");
        assertThat(street.verify()).startsWith("OK ");
    }

    @Test
    void a_name_is_corrected_also_where_no_day_is_new() throws Exception {
        List<String> rows = Street.LANE_READINGS.rows("2025-10-31");
        street.settle(rows);
        street.agree(Street.LANE.replace("Bruno Petit", "Bruno Grand"));
        assertThat(street.settle(rows)).contains("1 already settled", "block 3");
        assertThat(street.out().resolve("statements/bruno-2025-10.html"))
                .content()
                .contains("Bruno Grand")
                .doesNotContain("Bruno Petit");
        assertThat(street.verify()).startsWith("OK ");
    }

    @Test
    void lost_keys_of_a_member_are_asked_for_and_not_made_anew() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        Path key = street.out().resolve("keys/members/bruno.key");
        Files.delete(key);
        assertThatThrownBy(() -> street.settle(Street.LANE_READINGS.rows("2025-10-31")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("keys/members/bruno.key: missing");
        assertThat(key).doesNotExist();
    }

    @Test
    void new_days_need_prices_and_settled_ones_keep_theirs() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        street.agree(Street.LANE.replace("from: 2025-01-01", "from: 2025-11-01"));
        assertThatThrownBy(() -> street.settle(Street.LANE_READINGS.rows("2025-10-31")))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("prices hold from 2025-11-01 on");
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-10-30")))
                .contains("1 already settled");
    }

    /// JO-13.
    @Test
    void a_folder_has_one_writer_at_a_time() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        try (FolderLock _ = FolderLock.share(street.out())) {
            assertThatThrownBy(() -> street.settle(Street.LANE_READINGS.rows("2025-10-31")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("in use by another run, or by a node");
        }
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-10-31"))).contains("1 settled");
    }

    @Test
    void a_statement_stays_as_it_was_while_the_ledger_grows() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30..2025-10-31"));
        String statement = "statements/bruno-2025-10.html";
        Content october = Street.files(street.out()).get(statement);
        street.settle(Street.LANE_READINGS.rows("2025-11-01..2025-11-02"));
        assertThat(Street.files(street.out())).containsEntry(statement, october);
    }

    @Test
    void a_meter_changes_hands() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-29..2025-10-30"));
        street.agree(
                Street.LANE.replace("meters: [C1]", "meters: [{id: C1, to: 2025-10-30}]")
                        + "  - {id: dora, name: Dora Roux, meters: [{id: C1, from:"
                        + " 2025-10-31}]}\n");
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-10-29..2025-10-31")))
                .contains("1 settled", "2 already settled");
        assertThat(Files.readString(street.out().resolve("sales.csv")))
                .contains("2025-10,paula,carla,", "2025-10,paula,dora,");
        assertThat(street.verify()).startsWith("OK ");
    }

    @Test
    void billing_by_day_makes_bills_of_days_and_claims_of_months() throws Exception {
        street.agree(Street.LANE.replace("billing: month", "billing: day"));
        settles(
                "2025-10-30..2025-11-01",
                "3 settled, 0 corrected, 0 already settled; 2025-10 claims 1, 2025-11 claims 1;"
                        + " waiting []; block 6");
        assertThat(salesOf("2025-10-30")).hasSize(2);
        assertThat(salesOf("2025-10-31")).hasSize(2);
        Claimed.assertThatItIsWhatIsOwed(street);
    }

    @Test
    void a_member_who_left_keeps_his_bills() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30..2025-10-31"));
        List<String> before = salesOf("2025-10");
        street.agree(Street.LANE_WITHOUT_CARLA);
        List<String> week = Street.LANE_READINGS.rows("2025-11-01..2025-11-07");
        assertThat(street.settle(Street.withoutCarla(week))).contains("7 settled");
        assertThat(salesOf("2025-10")).isEqualTo(before);
        assertThat(salesOf("2025-11")).hasSize(1);
        assertThat(street.summary().path("members").path(2).path("id").asString())
                .isEqualTo("carla");
        Claimed.assertThatItIsWhatIsOwed(street);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "community: lane,    community: other, community 'lane', not of 'other'",
                "currency: EUR,      currency: CHF,    currency 'EUR', not of 'CHF'",
                "zone: Europe/Paris, zone: Asia/Tokyo, zone 'Europe/Paris', not of 'Asia/Tokyo'",
            })
    void a_folder_of_another_community_is_left_alone(String was, String now, String said)
            throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        var before = Street.files(street.out());
        street.agree(Street.LANE.replace(was, now));
        Street.Said refused =
                street.command(street.file(Street.LANE_READINGS.rows("2025-10-31")), "--partial");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("holds the ledger of the " + said, "--out");
        assertThat(Street.files(street.out())).isEqualTo(before);
    }

    @Test
    void a_place_that_cannot_be_a_folder_is_bad_input() throws Exception {
        Path file = street.file(Street.LANE_READINGS.rows("2025-10-30"));
        Files.writeString(street.out(), "a file");
        assertThat(street.command(file).status()).isEqualTo(2);
        assertThat(street.out()).hasContent("a file");
    }

    @Test
    void bad_readings_leave_a_folder_alone_and_make_none() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        var before = Street.files(street.out());
        List<String> gap = Street.LANE_READINGS.rows("2025-10-31");
        gap.removeLast();
        assertThatThrownBy(() -> street.settle(gap)).isInstanceOf(InputMistakes.class);
        assertThat(Street.files(street.out())).isEqualTo(before);
        Street fresh = Street.at(temporary.resolve("fresh"), Street.LANE);
        assertThatThrownBy(() -> fresh.settle(gap)).isInstanceOf(InputMistakes.class);
        assertThat(fresh.out()).doesNotExist();
    }

    @Test
    void a_folder_without_its_vault_or_keys_is_not_settled_on() throws Exception {
        street.settle(Street.LANE_READINGS.rows("2025-10-30"));
        for (String part : List.of("vault", "keys")) {
            Path kept = temporary.resolve(part);
            Files.move(street.out().resolve(part), kept);
            var before = Street.files(street.out());
            assertThatThrownBy(() -> street.settle(Street.LANE_READINGS.rows("2025-10-31")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("backup");
            assertThat(Street.files(street.out())).isEqualTo(before);
            Files.move(kept, street.out().resolve(part));
        }
        assertThat(street.settle(Street.LANE_READINGS.rows("2025-10-31"))).contains("1 settled");
    }

    private void settles(String span, String outcome) throws InputMistakes, Refused, IOException {
        assertThat(street.settle(Street.LANE_READINGS.rows(span))).as(span).isEqualTo(outcome);
        assertThat(street.verify()).as(span).contains("settlements=recomputed anchored=yes");
    }

    private List<String> salesOf(String period) throws IOException {
        return Files.readAllLines(street.out().resolve("sales.csv")).stream()
                .filter(line -> line.startsWith(period + ","))
                .toList();
    }
}
