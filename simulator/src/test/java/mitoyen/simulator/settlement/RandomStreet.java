package mitoyen.simulator.settlement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// A street made up by seed, as its organiser would write it down.
///
/// @param days the first and the last day of the readings
/// @param key its type: `pro-rata`, `at-dso`, `static` or `from-operator`
/// @param coefficients of a static key, by meter
/// @param byDay whether bills are by day
record RandomStreet(
        ZoneId zone,
        Duration step,
        List<LocalDate> days,
        String key,
        SortedMap<String, BigDecimal> coefficients,
        boolean byDay,
        List<Prices> prices,
        List<Home> homes,
        List<String> rows) {

    /// A line of prices, in currency per kWh.
    record Prices(
            LocalDate from,
            BigDecimal local,
            BigDecimal supplier,
            BigDecimal feedIn,
            BigDecimal communityFee,
            BigDecimal networkFee) {}

    /// A member.
    record Home(
            String id, Optional<BigDecimal> price, Optional<BigDecimal> vat, List<Lease> leases) {}

    /// A meter of a member, on the days from the first to the last.
    record Lease(String meter, LocalDate from, LocalDate to) {
        boolean covers(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(to);
        }
    }

    static final LocalDate ALWAYS = LocalDate.of(2020, 1, 1);
    static final LocalDate FOREVER = LocalDate.of(2030, 12, 31);

    /// A street over the end of October, with the day of 25 hours.
    static RandomStreet of(long seed, String key) {
        Random random = new Random(seed * 31 + key.hashCode());
        LocalDate first = LocalDate.of(2025, 10, 25).plusDays(random.nextInt(3));
        LocalDate last = LocalDate.of(2025, 11, 1).plusDays(random.nextInt(2));
        LocalDate change = LocalDate.of(2025, 10, 28).plusDays(random.nextInt(5));
        List<Home> homes = homes(random, change);
        List<Prices> prices =
                List.of(
                        prices(random, LocalDate.of(2025, 1, 1)),
                        prices(random, LocalDate.of(2025, 10, 27).plusDays(random.nextInt(4))));
        var street =
                new RandomStreet(
                        ZoneId.of("Europe/Paris"),
                        Duration.ofMinutes(random.nextBoolean() ? 30 : 60),
                        List.of(first, last),
                        key,
                        key.equals("static") ? coefficients(random, homes) : new TreeMap<>(),
                        random.nextInt(3) == 0,
                        prices,
                        homes,
                        new ArrayList<>());
        street.measure(random);
        return street;
    }

    /// The community's file.
    String yaml() {
        StringBuilder text = new StringBuilder("version: 1\ncommunity: made-up\n");
        text.append("zone: %s\nstep: PT%dM\n".formatted(zone, step.toMinutes()));
        text.append("currency: EUR\nbilling: %s\n".formatted(byDay ? "day" : "month"));
        text.append("key: {type: %s}\nprices:\n".formatted(keyYaml()));
        for (Prices line : prices) {
            text.append(
                    """
                      - {from: %s, local: "%s", supplier: "%s", feed-in: "%s",
                         community-fee: "%s", network-fee: "%s"}
                    """
                            .formatted(
                                    line.from,
                                    line.local,
                                    line.supplier,
                                    line.feedIn,
                                    line.communityFee,
                                    line.networkFee));
        }
        text.append("network-operator: enedis\nmembers:\n");
        for (Home home : homes) {
            text.append("  - {id: %s, name: Someone".formatted(home.id));
            home.price.ifPresent(price -> text.append(", price: \"%s\"".formatted(price)));
            home.vat.ifPresent(vat -> text.append(", vat: \"%s\"".formatted(vat)));
            List<String> meters = new ArrayList<>();
            for (Lease lease : home.leases) {
                meters.add(
                        "{id: %s, from: %s, to: %s}".formatted(lease.meter, lease.from, lease.to));
            }
            text.append(", meters: [%s]}\n".formatted(String.join(", ", meters)));
        }
        return text.toString();
    }

    String header() {
        return Readings.HEADER + (key.equals("from-operator") ? ",allocated_kwh,sold_kwh" : "");
    }

    /// The start of every interval.
    List<ZonedDateTime> starts() {
        List<ZonedDateTime> starts = new ArrayList<>();
        ZonedDateTime end = days.get(1).plusDays(1).atStartOfDay(zone);
        for (ZonedDateTime start = days.get(0).atStartOfDay(zone);
                start.isBefore(end);
                start = start.plus(step)) {
            starts.add(start);
        }
        return starts;
    }

    private String keyYaml() {
        return switch (key) {
            case "at-dso" -> "pro-rata, rounding: at-dso";
            case "static" -> {
                List<String> shares = new ArrayList<>();
                coefficients.forEach(
                        (meter, share) -> shares.add("%s: \"%s\"".formatted(meter, share)));
                yield "static, coefficients: {%s}".formatted(String.join(", ", shares));
            }
            default -> key;
        };
    }

    private static List<Home> homes(Random random, LocalDate change) {
        List<Home> homes = new ArrayList<>();
        int count = 3 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            List<Lease> leases = new ArrayList<>();
            for (int meter = 0; meter <= random.nextInt(3); meter++) {
                leases.add(
                        new Lease(
                                "M%d%d".formatted(random.nextInt(10), 10 * i + meter),
                                ALWAYS,
                                FOREVER));
            }
            homes.add(new Home("home-" + i, price(random), vat(random), leases));
        }
        Lease first = homes.getFirst().leases().getFirst();
        homes.getFirst().leases().set(0, new Lease(first.meter, ALWAYS, change));
        homes.getLast().leases().add(new Lease(first.meter, change.plusDays(1), FOREVER));
        homes.getLast().leases().add(new Lease("LATE", change, FOREVER));
        return homes;
    }

    private static Prices prices(Random random, LocalDate from) {
        return new Prices(
                from,
                millionths(random, 200_000),
                millionths(random, 300_000),
                millionths(random, 80_000),
                millionths(random, 20_000),
                millionths(random, 10_000));
    }

    private static Optional<BigDecimal> price(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Optional.of(new BigDecimal("0.000000"));
            case 1 -> Optional.of(millionths(random, 250_000));
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> vat(Random random) {
        return Optional.of(new BigDecimal(List.of("0", "0.20", "0.055").get(random.nextInt(3))));
    }

    private static SortedMap<String, BigDecimal> coefficients(Random random, List<Home> homes) {
        SortedMap<String, BigDecimal> coefficients = new TreeMap<>();
        int left = 1_000_000;
        for (Home home : homes) {
            for (Lease lease : home.leases) {
                int share = random.nextInt(left / 2 + 1);
                if (random.nextInt(4) > 0 && !coefficients.containsKey(lease.meter)) {
                    coefficients.put(lease.meter, BigDecimal.valueOf(share, 6));
                    left -= share;
                }
            }
        }
        return coefficients;
    }

    /// Rows for every meter at every time, also where nobody has it.
    private void measure(Random random) {
        List<String> meters =
                homes.stream()
                        .flatMap(home -> home.leases.stream())
                        .map(Lease::meter)
                        .distinct()
                        .toList();
        for (ZonedDateTime start : starts()) {
            List<BigDecimal> consumed = new ArrayList<>();
            List<BigDecimal> produced = new ArrayList<>();
            for (String _ : meters) {
                consumed.add(energy(random));
                produced.add(random.nextInt(3) == 0 ? energy(random) : BigDecimal.ZERO.setScale(6));
            }
            for (int i = 0; i < meters.size(); i++) {
                String row = start.toOffsetDateTime() + "," + meters.get(i) + ",";
                rows.add(row + consumed.get(i).toPlainString() + "," + cell(produced.get(i)));
            }
        }
        if (key.equals("from-operator")) {
            splitAsAnOperator();
        }
    }

    /// Adds the two columns of an operator who rounds each value alone.
    private void splitAsAnOperator() {
        NaiveBooks operator = new NaiveBooks(withKey("at-dso"));
        for (int i = 0; i < rows.size(); i++) {
            String[] cells = rows.get(i).split(",", -1);
            var meter = operator.find(cells[0], cells[1]);
            rows.set(
                    i,
                    rows.get(i)
                            + meter.map(found -> "," + found.allocated + "," + found.sold)
                                    .orElse(",0,0"));
        }
    }

    private RandomStreet withKey(String other) {
        return new RandomStreet(
                zone, step, days, other, coefficients, byDay, prices, homes, List.copyOf(rows));
    }

    /// Nothing, the smallest unit, equal round values or anything.
    private static BigDecimal energy(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> BigDecimal.ZERO.setScale(6);
            case 1 -> BigDecimal.valueOf(random.nextInt(3), 6);
            case 2 -> new BigDecimal("0.500000");
            default -> millionths(random, 4_000_000);
        };
    }

    private static String cell(BigDecimal value) {
        return value.signum() == 0
                ? ""
                : value.setScale(6, RoundingMode.UNNECESSARY).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal millionths(Random random, int below) {
        return BigDecimal.valueOf(random.nextInt(below), 6);
    }
}
