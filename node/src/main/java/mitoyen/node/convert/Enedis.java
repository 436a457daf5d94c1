package mitoyen.node.convert;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.readings.CsvTable;

/// Load curves as Enedis exports them to customers and to third parties: mean power in watts, or
/// energy in watt-hours, every 5 to 60 minutes.
final class Enedis {
    private static final Pattern METER = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final ConvertOptions options;
    private final MistakeLog mistakes;
    private final Readings readings = new Readings(false);
    private final LegalTime clock;
    private final Set<String> assumptions = new LinkedHashSet<>();
    private String file = "";

    Enedis(ConvertOptions options, MistakeLog mistakes) {
        this.options = options;
        this.mistakes = mistakes;
        this.clock = new LegalTime(options.zone());
    }

    Converted convert(List<Path> files) {
        for (Path path : files) {
            file = path.toString();
            LoadCurve.read(path, mistakes).ifPresent(this::read);
        }
        assumptions.add(
                switch (options.stamp()) {
                    case END -> "stamps name the end of the step (--stamp start if not)";
                    case START -> "stamps name the start of the step, as --stamp says";
                });
        assumptions.add("every value is rounded HALF_UP to 6 decimals of a kWh");
        return new Converted(readings, options.zone(), List.copyOf(assumptions), Optional.empty());
    }

    private void read(LoadCurve curve) {
        Map<String, Series> byMeter = new LinkedHashMap<>();
        int empty = 0;
        for (CsvTable.Line row : curve.rows()) {
            if (curve.value(row).isEmpty()) {
                empty++;
                passOver(curve, row);
                continue;
            }
            series(curve, row, byMeter).ifPresent(series -> add(curve, row, series));
        }
        if (byMeter.isEmpty()) {
            refuse(0, Fault.NO_VALUES);
        }
        if (empty > 0) {
            assumptions.add(file + ": " + empty + " rows without a value are left out");
        }
        byMeter.values().forEach(this::put);
    }

    /// A row without a value has its place in an hour that comes twice: what follows is told by the
    /// order of all rows.
    private void passOver(LoadCurve curve, CsvTable.Line row) {
        Direction direction =
                directionSaid(curve, row).or(options::direction).orElse(Direction.CONSUMPTION);
        instant(curve.stamp(row), meterSaid(curve, row) + direction);
    }

    private Optional<Series> series(
            LoadCurve curve, CsvTable.Line row, Map<String, Series> byMeter) {
        Optional<Direction> direction = direction(curve, row);
        Optional<String> meter = meter(curve, row);
        if (direction.isEmpty() || meter.isEmpty() || !isActive(curve, row)) {
            return Optional.empty();
        }
        Series series = new Series(meter.get(), direction.get(), new ArrayList<>());
        return Optional.of(
                byMeter.computeIfAbsent(meter.get() + ' ' + direction.get(), _ -> series));
    }

    private Optional<String> meter(LoadCurve curve, CsvTable.Line row) {
        String meter = meterSaid(curve, row);
        if (METER.matcher(meter).matches()) {
            return Optional.of(meter);
        }
        refuse(
                row.number(),
                meter.isEmpty() ? Fault.METER_NOT_NAMED : Fault.METER_MALFORMED,
                meter);
        return Optional.empty();
    }

    private String meterSaid(LoadCurve curve, CsvTable.Line row) {
        String named = curve.field(row, "identifiant prm");
        return options.meter().orElse(named.isEmpty() ? curve.field(row, "prm") : named);
    }

    private Optional<Direction> direction(LoadCurve curve, CsvTable.Line row) {
        String said = said(curve, row);
        Optional<Direction> direction = directionSaid(curve, row);
        if (direction.isPresent() && !options.direction().equals(direction)) {
            if (options.direction().isPresent()) {
                refuse(row.number(), Fault.DIRECTION_GIVEN, said);
                return Optional.empty();
            }
            assumptions.add(file + ": " + said + ", as the file says");
        } else if (direction.isEmpty()) {
            assumptions.add(
                    file
                            + (options.direction().isPresent()
                                    ? ": the direction is the one of --direction"
                                    : ": the file does not say its direction: consumption"
                                            + " (--direction production if not)"));
        }
        return direction.or(options::direction).or(() -> Optional.of(Direction.CONSUMPTION));
    }

    private static Optional<Direction> directionSaid(LoadCurve curve, CsvTable.Line row) {
        return switch (said(curve, row)) {
            case "consommation", "cons", "soutirage" -> Optional.of(Direction.CONSUMPTION);
            case "production", "prod", "injection" -> Optional.of(Direction.PRODUCTION);
            default -> Optional.empty();
        };
    }

    private static String said(LoadCurve curve, CsvTable.Line row) {
        return LoadCurve.plain(curve.field(row, "grandeur metier"));
    }

    private boolean isActive(LoadCurve curve, CsvTable.Line row) {
        String quantity = LoadCurve.plain(curve.field(row, "grandeur physique"));
        if (quantity.contains("reactive") || quantity.startsWith("er")) {
            refuse(row.number(), Fault.REACTIVE_ENERGY);
            return false;
        }
        return true;
    }

    private void add(LoadCurve curve, CsvTable.Line row, Series series) {
        Optional<BigDecimal> value = Amounts.number(curve.value(row));
        if (value.isEmpty()) {
            refuse(row.number(), Fault.NOT_AN_AMOUNT, curve.value(row));
            return;
        }
        String unit = curve.field(row, "unite");
        if (!unit.isEmpty() && !unit.equals("W") && !unit.equals("Wh")) {
            refuse(row.number(), Fault.OTHER_UNIT, unit);
            return;
        }
        Optional<Integer> step = statedStep(curve, row);
        Optional<Instant> stamp = instant(curve.stamp(row), series.meter + series.direction);
        if (stamp.isEmpty()) {
            refuse(row.number(), Fault.NO_TIME, curve.stamp(row), "2025-10-01T00:30:00+02:00");
        } else {
            series.points.add(
                    new Point(row.number(), stamp.get(), value.get(), unit.equals("Wh"), step));
        }
    }

    private static Optional<Integer> statedStep(LoadCurve curve, CsvTable.Line row) {
        String minutes = curve.field(row, "pas en minutes");
        String iso = minutes.isEmpty() ? curve.field(row, "pas") : "PT" + minutes + "M";
        try {
            return iso.isEmpty()
                    ? Optional.empty()
                    : Optional.of((int) Math.min(10_000, Duration.parse(iso).toMinutes()));
        } catch (DateTimeException notADuration) {
            return Optional.of(0);
        }
    }

    /// @param series a meter and a direction
    private Optional<Instant> instant(String stamp, String series) {
        String iso = stamp.replace(' ', 'T');
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant())
                    .filter(LegalTime::isPlausible);
        } catch (DateTimeException withoutOffset) {
            return local(iso, series);
        }
    }

    private Optional<Instant> local(String iso, String series) {
        try {
            Optional<Instant> instant = clock.instant(series, LocalDateTime.parse(iso));
            instant.ifPresent(_ ->
                    assumptions.add(
                            "stamps without offset are in the legal time of "
                                    + options.zone()
                                    + ", rows in order: of an hour that comes twice the"
                                    + " first is the one before the clock changes"));
            return instant;
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private void put(Series series) {
        if (series.hidesItsStep()) {
            refuse(series.points.getFirst().line, Fault.STEP_UNKNOWN);
            return;
        }
        Optional<Integer> common = StepOfRows.find(file, series.stamps(), mistakes);
        for (Point point : series.points) {
            Optional<Integer> step = point.step.or(() -> common);
            if (step.isEmpty()) {
                return;
            }
            if (!StepOfRows.ALLOWED.contains(step.get())) {
                refuse(point.line, Fault.STEP_NOT_ALLOWED, step.get());
                return;
            }
            put(series, point, step.get());
        }
        assumptions.add(
                file
                        + ": meter "
                        + series.meter
                        + ", "
                        + series.points.stream()
                                .findFirst()
                                .flatMap(Point::step)
                                .map(minutes -> "step as the file says")
                                .orElse(
                                        "step of "
                                                + common.orElse(0)
                                                + " minutes, the least between two rows"));
    }

    private void put(Series series, Point point, int minutes) {
        Duration before =
                switch (options.stamp()) {
                    case START -> Duration.ZERO;
                    case END -> Duration.ofMinutes(minutes);
                };
        long mWh =
                point.isEnergy
                        ? Amounts.ofKwh(point.value.movePointLeft(3))
                        : Amounts.ofWatts(point.value, minutes);
        Instant start = point.stamp.minus(before);
        if (!readings.put(start, series.meter, series.direction, mWh)) {
            refuse(point.line, Fault.SECOND_VALUE, point.stamp);
        }
    }

    private void refuse(int line, Fault fault, Object... values) {
        mistakes.add(file, line, fault, values);
    }

    private record Point(
            int line, Instant stamp, BigDecimal value, boolean isEnergy, Optional<Integer> step) {}

    private record Series(String meter, Direction direction, List<Point> points) {
        List<Instant> stamps() {
            return points.stream().map(Point::stamp).sorted().toList();
        }

        /// Whether neither the file says the step nor two stamps do.
        boolean hidesItsStep() {
            return points.stream().map(Point::stamp).distinct().count() == 1
                    && points.getFirst().step.isEmpty();
        }
    }
}
