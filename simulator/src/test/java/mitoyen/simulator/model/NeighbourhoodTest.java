package mitoyen.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import mitoyen.ledger.energy.DayReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighbourhoodTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int SCHOOL = 0;
    private static final LocalDate LESSONS = LocalDate.of(2025, 10, 14);

    @Test
    void a_seed_gives_the_same_day_whatever_was_asked_before() {
        Neighbourhood street = street(7);
        DayReadings later = street.day(LESSONS.plusDays(1));
        DayReadings asked = street.day(LESSONS);

        assertThat(street(7).day(LESSONS.plusDays(1)).consumption()).isEqualTo(later.consumption());
        assertThat(street(7).day(LESSONS).production()).isEqualTo(asked.production());
        assertThat(street(8).day(LESSONS).consumption()).isNotEqualTo(asked.consumption());
        assertThat(street(8).day(LESSONS).production()).isNotEqualTo(asked.production());
    }

    @ParameterizedTest
    @CsvSource({
        // zone, step [min], day, intervals
        "Europe/Paris,      30, 2025-10-25, 48",
        "Europe/Paris,      30, 2025-10-26, 50",
        "Europe/Paris,      15, 2026-03-29, 92",
        "Asia/Kathmandu,    60, 2025-10-26, 24",
        "Australia/Lord_Howe, 30, 2025-10-05, 47",
    })
    void a_day_has_the_intervals_of_its_clocks(
            String zone, int step, LocalDate day, int intervals) {
        Neighbourhood town = Neighbourhood.town(1, ZoneId.of(zone), step, 3, 1);

        assertThat(town.grid(day).intervals()).isEqualTo(intervals);
        assertThat(town.day(day).consumption()).hasSize(3 * intervals);
    }

    @Test
    void homes_use_what_homes_use_and_roofs_yield_what_roofs_yield() {
        Neighbourhood street = street(2025);
        double[] consumedKwh = new double[street.sites().size()];
        double[] producedKwh = new double[street.sites().size()];
        for (int day = 1; day <= 365; day++) {
            DayReadings readings = street.day(LocalDate.ofYearDay(2025, day));
            for (int meter = 0; meter < readings.meters(); meter++) {
                consumedKwh[meter] += kwh(readings.consumption(), readings.meters(), meter);
                producedKwh[meter] += kwh(readings.production(), readings.meters(), meter);
            }
        }
        for (int meter = SCHOOL + 1; meter < consumedKwh.length; meter++) {
            assertThat(consumedKwh[meter] / 365).as("home %d a day", meter).isBetween(6.0, 14.0);
        }
        assertThat(consumedKwh[SCHOOL]).as("school a year").isBetween(8_000.0, 25_000.0);
        for (int meter = 0; meter < producedKwh.length; meter++) {
            int peakWatts = street.sites().get(meter).roof().map(Roof::peakWatts).orElse(0);
            double yield = producedKwh[meter] / Math.max(1, peakWatts / 1_000.0);
            assertThat(yield)
                    .as("kWh per kWp of roof %d", meter)
                    .isBetween(peakWatts == 0 ? 0.0 : 850.0, peakWatts == 0 ? 0.0 : 1_350.0);
        }
    }

    @Test
    void nothing_shines_at_night_and_no_roof_exceeds_its_plate() {
        Neighbourhood street = street(3);
        for (LocalDate day : List.of(LESSONS, LocalDate.of(2025, 6, 21))) {
            DayReadings readings = street.day(day);
            for (int interval = 0; interval < readings.intervals(); interval++) {
                for (int meter = 0; meter < readings.meters(); meter++) {
                    long mWh = readings.production()[interval * readings.meters() + meter];
                    int peakWatts = street.sites().get(meter).roof().map(Roof::peakWatts).orElse(0);
                    assertThat(mWh).isBetween(0L, interval < 8 ? 0L : 500L * peakWatts);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // day, whether the school cooks
        "2025-10-14, true",
        "2025-10-15, false", // Wednesday
        "2025-10-18, false", // Saturday
        "2025-10-21, false", // All Saints' holidays
        "2025-11-11, false", // Armistice
        "2025-12-24, false",
        "2026-01-02, false",
        "2026-02-17, false",
        "2026-04-08, false",
        "2026-07-20, false",
        "2026-09-08, true",
    })
    void the_school_cooks_on_its_long_days(LocalDate day, boolean cooks) {
        Neighbourhood street = street(11);
        DayReadings readings = street.day(day);
        int noon = street.grid(day).minutesUntil(LocalTime.NOON) / 30;
        long beforeNoonWattHours = readings.consumption()[(noon - 1) * readings.meters()] / 1_000;

        assertThat(beforeNoonWattHours > 2_000).isEqualTo(cooks);
    }

    @ParameterizedTest
    @CsvSource({
        // instant, sine of the sun's elevation in Lyon: 90 - 45.74 + declination at local noon
        "2025-06-21T11:42:00Z, 0.9252",
        "2025-12-21T11:39:00Z, 0.3554",
        "2025-03-20T11:48:00Z, 0.6984",
        "2025-03-20T23:48:00Z, -0.6949",
    })
    void the_sun_culminates_where_the_almanac_says(Instant instant, double sine) {
        assertThat(Sun.at(Place.LYON, instant.getEpochSecond()).up())
                .isCloseTo(sine, within(0.0006));
    }

    private static Neighbourhood street(long seed) {
        List<String> meters = IntStream.range(0, 11).mapToObj(meter -> "M" + meter).toList();
        return Neighbourhood.street(seed, PARIS, 30, meters);
    }

    private static double kwh(long[] values, int meters, int meter) {
        long sum = 0;
        for (int at = meter; at < values.length; at += meters) {
            sum += values[at];
        }
        return sum / 1e6;
    }
}
