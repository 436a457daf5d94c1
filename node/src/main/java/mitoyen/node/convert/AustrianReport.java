package mitoyen.node.convert;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.readings.CsvTable;

/// The report of an Austrian energy community: a row a quarter of an hour, columns for each
/// consumer's consumption and covered share and each generator's generation and surplus.
final class AustrianReport {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final Pattern MEASURED =
            Pattern.compile("([cg])([0-9]{1,4})_(consumption|generation)_kwh");

    private final boolean operatorSplit;
    private final MistakeLog mistakes;
    private final Readings readings;
    private final LegalTime clock = new LegalTime(VIENNA);

    AustrianReport(ConvertOptions options, MistakeLog mistakes) {
        this.operatorSplit = options.operatorSplit();
        this.mistakes = mistakes;
        this.readings = new Readings(operatorSplit);
    }

    Converted convert(List<Path> files) {
        List<CommunitySketch.Home> homes = new ArrayList<>();
        for (Path file : files) {
            List<CsvTable.Line> lines = CsvTable.read(file, ',', mistakes);
            if (!lines.isEmpty()) {
                Sheet sheet = new Sheet(file, mistakes, lines.getFirst());
                List<Meter> meters = meters(sheet);
                homes = meters.stream().map(Meter::home).toList();
                if (!meters.isEmpty()) {
                    lines.stream().skip(1).forEach(line -> read(sheet, meters, line));
                }
            }
        }
        return new Converted(readings, VIENNA, assumptions(), Optional.of(sketch(homes)));
    }

    private List<String> assumptions() {
        List<String> assumptions =
                new ArrayList<>(
                        List.of(
                                "stamps name the start of a quarter of an hour, in the legal time"
                                    + " of Europe/Vienna; an hour that comes twice is told apart by"
                                    + " the order of its rows",
                                "values are kWh, rounded HALF_UP to 6 decimals"));
        if (operatorSplit) {
            assumptions.add("allocated is what the operator covered, sold is generation - surplus");
        }
        return assumptions;
    }

    private List<Meter> meters(Sheet sheet) {
        List<Meter> meters = new ArrayList<>();
        for (String title : sheet.titles()) {
            Matcher matcher = MEASURED.matcher(title);
            if (matcher.matches()) {
                boolean consumer = matcher.group(1).equals("c");
                String id = matcher.group(1) + matcher.group(2);
                String shared = id + (consumer ? "_covered_kwh" : "_surplus_kwh");
                meters.add(
                        new Meter(
                                id,
                                consumer ? Direction.CONSUMPTION : Direction.PRODUCTION,
                                sheet.column(title),
                                operatorSplit ? sheet.column(shared) : -1));
            }
        }
        if (meters.isEmpty()) {
            sheet.refuse(Fault.NO_REPORT);
        }
        return meters;
    }

    private void read(Sheet sheet, List<Meter> meters, CsvTable.Line line) {
        Optional<LocalDateTime> local = local(line.cell(0));
        Optional<Instant> start = local.flatMap(time -> clock.instant("", time));
        if (start.isEmpty()) {
            sheet.refuse(line, Fault.NO_LOCAL_TIME, line.cell(0));
            return;
        }
        for (Meter meter : meters) {
            Optional<Long> measured = sheet.kwh(line, meter.column);
            measured.ifPresent(mWh -> {
                if (!readings.put(start.get(), meter.name(), meter.direction, mWh)) {
                    sheet.refuse(line, Fault.SECOND_ROW);
                }
            });
            if (operatorSplit && measured.isPresent()) {
                sheet.kwh(line, meter.sharedColumn)
                        .map(mWh -> meter.shared(measured.get(), mWh))
                        .ifPresent(shared -> putShared(sheet, line, start.get(), meter, shared));
            }
        }
    }

    private void putShared(
            Sheet sheet, CsvTable.Line line, Instant start, Meter meter, long shared) {
        if (shared < 0) {
            sheet.refuse(line, Fault.SURPLUS_ABOVE_GENERATION, meter.name());
            return;
        }
        readings.putShared(start, meter.name(), meter.direction, shared);
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private CommunitySketch sketch(List<CommunitySketch.Home> homes) {
        return new CommunitySketch(
                "at-eeg",
                VIENNA.getId(),
                "PT15M",
                "EUR",
                operatorSplit ? "{type: from-operator}" : "{type: pro-rata, rounding: at-dso}",
                "netz",
                readings.first()
                        .map(first -> first.atZone(VIENNA).toLocalDate())
                        .orElse(LocalDate.EPOCH),
                homes);
    }

    private record Meter(String id, Direction direction, int column, int sharedColumn) {
        String name() {
            return id.toUpperCase(Locale.ROOT);
        }

        /// What was dealt of the energy measured: the covered share itself, or what is not surplus.
        long shared(long measured, long reported) {
            return switch (direction) {
                case CONSUMPTION -> reported;
                case PRODUCTION -> measured - reported;
            };
        }

        CommunitySketch.Home home() {
            String kind =
                    switch (direction) {
                        case CONSUMPTION -> "Consumer ";
                        case PRODUCTION -> "Generator ";
                    };
            return new CommunitySketch.Home(id, kind + id.substring(1), name());
        }
    }
}
