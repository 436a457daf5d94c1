package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Local days where clocks change, and where they are odd without changing.
final class LocalDaysTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    Europe/Paris,          2025-10-01, 30, 2025-09-30T22:00Z, 48
                    Europe/Paris,          2025-03-30, 15, 2025-03-29T23:00Z, 92
                    Europe/Paris,          2025-10-26, 15, 2025-10-25T22:00Z, 100
                    Europe/Paris,          2025-03-30, 60, 2025-03-29T23:00Z, 23
                    Europe/Paris,          2025-10-26,  5, 2025-10-25T22:00Z, 300
                    Asia/Kathmandu,        2025-10-01, 10, 2025-09-30T18:15Z, 144
                    Pacific/Chatham,       2025-04-06, 30, 2025-04-05T10:15Z, 50
                    Pacific/Chatham,       2025-09-28, 30, 2025-09-27T11:15Z, 46
                    Australia/Lord_Howe,   2025-04-06, 30, 2025-04-05T13:00Z, 49
                    Australia/Lord_Howe,   2025-04-06, 60, 2025-04-05T13:00Z, 25
                    Australia/Lord_Howe,   2025-10-05, 30, 2025-10-04T13:30Z, 47
                    Africa/Cairo,          2023-04-28, 60, 2023-04-27T22:00Z, 23
                    America/Havana,        2025-11-02, 60, 2025-11-02T04:00Z, 25
                    America/Sao_Paulo,     2018-02-17, 60, 2018-02-17T02:00Z, 25
                    America/Sao_Paulo,     2018-11-04, 60, 2018-11-04T03:00Z, 23
                    America/St_Johns,      2010-11-07, 30, 2010-11-07T02:30Z, 50
                    Pacific/Apia,          2011-12-30, 60, 2011-12-30T10:00Z, 0
                    """)
    void haveTheIntervalsThatPass(
            String zone, LocalDate date, int step, String start, int intervals) {
        LocalDay day = new LocalDays(ZoneId.of(zone), step).on(date);
        assertThat(Instant.ofEpochMilli(day.startMillis()))
                .isEqualTo(OffsetDateTime.parse(start).toInstant());
        assertThat(day.intervals()).isEqualTo(intervals);
    }

    @Test
    void coverAllTimeWithoutGapOrOverlap() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (String zone : ZoneId.getAvailableZoneIds()) {
            LocalDays days = new LocalDays(ZoneId.of(zone), 30);
            for (int sample = 0; sample < 20; sample++) {
                long millis = random.nextLong(946_684_800_000L, 4_102_444_800_000L);
                LocalDay day = days.containing(millis);
                assertThat(day.contains(millis)).as("seed %d in %s", seed, zone).isTrue();
                assertThat(days.on(day.date().plusDays(1)).startMillis())
                        .as("seed %d in %s", seed, zone)
                        .isEqualTo(day.endMillis());
            }
        }
    }

    @Test
    void countARepeatedHourToTheDayThatHadBegun() {
        LocalDays days = new LocalDays(ZoneId.of("America/St_Johns"), 30);
        LocalDay sunday = days.on(LocalDate.of(2010, 11, 7));
        long saturdayAgain = sunday.startMillis() + 3 * 60_000;
        assertThat(days.format(saturdayAgain)).startsWith("2010-11-06T23:03");
        assertThat(days.containing(saturdayAgain)).isEqualTo(sunday);
    }
}
