package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Days that are not 24 hours, do not begin at midnight, or lie off the full hour (issue 3, section
/// 7; `EN-3`). Each hour the one home consumes what the other produces, and pays 0.14 a kWh.
class ClockTest {
    @TempDir private Path temporary;

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "Europe/Paris,        2025-03-30, PT15M,  92, 2025-03-29T23:00:00Z, 2025-03-30T22:00:00Z",
        "Europe/Paris,        2025-10-26, PT15M, 100, 2025-10-25T22:00:00Z, 2025-10-26T23:00:00Z",
        "Europe/Paris,        2025-10-26, PT60M,  25, 2025-10-25T22:00:00Z, 2025-10-26T23:00:00Z",
        "Asia/Kathmandu,      2025-10-26, PT60M,  24, 2025-10-25T18:15:00Z, 2025-10-26T18:15:00Z",
        "Asia/Kathmandu,      2025-10-26, PT30M,  48, 2025-10-25T18:15:00Z, 2025-10-26T18:15:00Z",
        "Pacific/Chatham,     2025-04-06, PT60M,  25, 2025-04-05T10:15:00Z, 2025-04-06T11:15:00Z",
        "Pacific/Chatham,     2025-09-28, PT30M,  46, 2025-09-27T11:15:00Z, 2025-09-28T10:15:00Z",
        "America/Havana,      2025-03-09, PT60M,  23, 2025-03-09T05:00:00Z, 2025-03-10T04:00:00Z",
        "America/Havana,      2025-11-02, PT60M,  25, 2025-11-02T04:00:00Z, 2025-11-03T05:00:00Z",
        "Africa/Cairo,        2025-04-25, PT30M,  46, 2025-04-24T22:00:00Z, 2025-04-25T21:00:00Z",
        "Africa/Cairo,        2025-10-30, PT30M,  50, 2025-10-29T21:00:00Z, 2025-10-30T22:00:00Z",
        "Australia/Lord_Howe, 2025-04-06, PT30M,  49, 2025-04-05T13:00:00Z, 2025-04-06T13:30:00Z",
        "Australia/Lord_Howe, 2025-10-05, PT30M,  47, 2025-10-04T13:30:00Z, 2025-10-05T13:00:00Z",
        "Australia/Lord_Howe, 2025-04-06, PT60M,  25, 2025-04-05T13:00:00Z, 2025-04-06T13:30:00Z",
        "Australia/Lord_Howe, 2025-10-05, PT60M,  24, 2025-10-04T13:30:00Z, 2025-10-05T13:00:00Z",
    })
    void a_day_has_the_intervals_of_its_clock(
            String zone, LocalDate day, Duration step, int intervals, String from, String to)
            throws Exception {
        Street street = Street.at(temporary, terms(zone, step));
        List<String> rows =
                new Readings(ZoneId.of(zone), step, List.of("P1", "B1"), 1)
                        .rows(day.minusDays(1) + ".." + day.plusDays(1)).stream()
                                .map(row -> row.substring(0, row.indexOf(',')) + even(row))
                                .toList();

        street.settle(rows);

        List<String> allocations = Files.readAllLines(street.out().resolve("allocations.csv"));
        assertThat(allocations).hasSize(1 + rows.size());
        assertThat(
                        allocations.stream()
                                .filter(row -> row.contains(",B1,"))
                                .map(row -> row.substring(0, row.indexOf(',')))
                                .filter(start -> start.compareTo(from) >= 0)
                                .filter(start -> start.compareTo(to) < 0))
                .hasSize(intervals)
                .startsWith(from);
        assertThat(street.verify()).endsWith(" settlements=recomputed anchored=yes");
        assertThat(street.ledger().days())
                .hasEntrySatisfying(
                        day,
                        entry -> assertThat(entry.settlement().intervals()).isEqualTo(intervals));
        BigDecimal kwh = new BigDecimal("1.001").multiply(BigDecimal.valueOf(intervals));
        assertThat(Files.readAllLines(street.out().resolve("sales.csv")))
                .contains(
                        "%s,paula,bruno,%s,0.140000,%s,0.000000,0.00,%s"
                                .formatted(day, kwh.setScale(6), cents(kwh), cents(kwh)));
    }

    /// A day that Samoa left out, to be on the other side of the date line.
    @Test
    void a_date_that_never_was_has_no_block() throws Exception {
        Street street = Street.at(temporary, terms("Pacific/Apia", Duration.ofHours(1)));
        Readings readings =
                new Readings(
                        ZoneId.of("Pacific/Apia"), Duration.ofHours(1), List.of("P1", "B1"), 1);
        street.settle(readings.rows("2011-12-29..2011-12-31"));
        assertThat(street.ledger().days().keySet())
                .containsExactly(LocalDate.of(2011, 12, 29), LocalDate.of(2011, 12, 31));
        assertThat(street.summary().path("intervals").asInt()).isEqualTo(48);
        assertThat(street.verify()).endsWith(" settlements=recomputed anchored=yes");
    }

    private static String even(String row) {
        return row.contains(",P1,") ? ",P1,0,1.001" : ",B1,1.001,0";
    }

    private static BigDecimal cents(BigDecimal kwh) {
        return kwh.multiply(new BigDecimal("0.14")).setScale(2, RoundingMode.HALF_UP);
    }

    private static String terms(String zone, Duration step) {
        return """
        version: 1
        community: clocks
        zone: %s
        step: PT%dM
        currency: EUR
        billing: day
        key: {type: pro-rata}
        prices:
          - {from: 2010-01-01, local: "0.14", supplier: "0.18", feed-in: "0.04", community-fee: "0"}
        network-operator: enedis
        members:
          - {id: paula, name: Paula Martin, vat: "0", meters: [P1]}
          - {id: bruno, name: Bruno Petit, meters: [B1]}
        """
                .formatted(zone, step.toMinutes());
    }
}
