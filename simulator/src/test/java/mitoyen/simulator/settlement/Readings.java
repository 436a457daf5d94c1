package mitoyen.simulator.settlement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Invented readings of some meters: of an instant and a meter always the same ones.
///
/// @param zone whose days these are
/// @param step the length of an interval
/// @param meters by id; one that begins with `P` has a roof
/// @param seed decides what is measured
record Readings(ZoneId zone, Duration step, List<String> meters, long seed) {
    static final String HEADER = "start,meter,consumption_kwh,production_kwh";

    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    Readings {
        meters = List.copyOf(meters);
    }

    /// The rows of the days from the first to the last, such as `2025-10-30..2025-11-02`.
    List<String> rows(String span) {
        int dots = span.indexOf("..");
        LocalDate first = LocalDate.parse(dots < 0 ? span : span.substring(0, dots));
        LocalDate last = LocalDate.parse(dots < 0 ? span : span.substring(dots + 2));
        List<String> rows = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            rows.addAll(day(day));
        }
        return rows;
    }

    /// The rows of a day: each interval from its first instant on, each meter.
    List<String> day(LocalDate day) {
        ZonedDateTime end = day.plusDays(1).atStartOfDay(zone);
        List<String> rows = new ArrayList<>();
        for (ZonedDateTime start = day.atStartOfDay(zone);
                start.isBefore(end);
                start = start.plus(step)) {
            for (String meter : meters) {
                rows.add(row(start.toOffsetDateTime(), meter));
            }
        }
        return rows;
    }

    /// The rows with one meter's consumption at one instant replaced.
    static List<String> revise(List<String> rows, String startAndMeter, String consumption) {
        List<String> revised = new ArrayList<>();
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            boolean meant = startAndMeter.equals(cells[0] + "," + cells[1]);
            revised.add(meant ? startAndMeter + "," + consumption + "," + cells[3] : row);
        }
        if (revised.equals(rows)) {
            throw new IllegalArgumentException("no such row: " + startAndMeter);
        }
        return revised;
    }

    private String row(OffsetDateTime start, String meter) {
        Random random = new Random(seed ^ start.toEpochSecond() * 31 ^ meter.hashCode() * 7919L);
        random.nextInt();
        long consumed = 50_000L + random.nextInt(900_000);
        boolean sun = start.getHour() >= 7 && start.getHour() < 19;
        long produced = meter.startsWith("P") && sun ? random.nextInt(4_000_000) : 0;
        return "%s,%s,%s,%s".formatted(START.format(start), meter, kwh(consumed), kwh(produced));
    }

    private static String kwh(long mWh) {
        return BigDecimal.valueOf(mWh, 6).toPlainString();
    }
}
