package mitoyen.node.convert;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.readings.CsvTable;

/// A solar home of Ausgrid: a row every half-hour with consumption and gross generation, in kW over
/// the slot.
///
/// The file has 48 slots on every day of the wall clock of Sydney. Where the clock skips an hour
/// its slots hold 0 and are left out; where an hour comes twice its slots hold the sum of both, and
/// each gets half (seen in the file: solar noon moves with the clock, the skipped slots are empty,
/// the repeated ones hold twice what their neighbours do).
final class Ausgrid {
    private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");
    private static final int STEP_MINUTES = 30;
    private static final String METER = "H12";

    private final MistakeLog mistakes;
    private final Readings readings = new Readings(false);

    Ausgrid(MistakeLog mistakes) {
        this.mistakes = mistakes;
    }

    Converted convert(List<Path> files) {
        for (Path file : files) {
            List<CsvTable.Line> lines = CsvTable.read(file, ',', mistakes);
            if (!lines.isEmpty()) {
                read(new Sheet(file, mistakes, lines.getFirst()), lines.subList(1, lines.size()));
            }
        }
        return new Converted(
                readings,
                SYDNEY,
                List.of(
                        "stamps name the start of a half-hour, in the legal time of"
                                + " Australia/Sydney",
                        "values are kW over the slot: kWh = kW / 2, rounded HALF_UP to 6 decimals",
                        "the slots of an hour that the clock skips must hold 0 and are left out",
                        "the slots of an hour that comes twice hold both: each gets half, the odd"
                                + " millionth goes to the first",
                        "GC is consumption, GG is production, of the one meter " + METER),
                Optional.of(sketch()));
    }

    private void read(Sheet sheet, List<CsvTable.Line> lines) {
        int consumption = sheet.column("GC");
        int production = sheet.column("GG");
        if (consumption < 0 || production < 0) {
            return;
        }
        for (CsvTable.Line line : lines) {
            Optional<LocalDateTime> local = local(line.cell(0));
            if (local.isEmpty()) {
                sheet.refuse(line, Fault.NO_TIME, line.cell(0), "2011-07-01 00:30:00");
                continue;
            }
            read(sheet, line, local.get(), Direction.CONSUMPTION, consumption);
            read(sheet, line, local.get(), Direction.PRODUCTION, production);
        }
    }

    private void read(
            Sheet sheet, CsvTable.Line line, LocalDateTime local, Direction direction, int column) {
        Optional<BigDecimal> kilowatts = sheet.number(line, column);
        if (kilowatts.isEmpty()) {
            return;
        }
        long mWh = Amounts.ofWatts(kilowatts.get().movePointRight(3), STEP_MINUTES);
        List<ZoneOffset> offsets = SYDNEY.getRules().getValidOffsets(local);
        if (offsets.isEmpty() && mWh > 0) {
            sheet.refuse(line, Fault.HOUR_SKIPPED);
        }
        long rest = mWh;
        for (int left = offsets.size(); left > 0; left--) {
            long part = Math.ceilDiv(rest, left);
            rest -= part;
            Instant start = local.toInstant(offsets.get(offsets.size() - left));
            if (!readings.put(start, METER, direction, part)) {
                sheet.refuse(line, Fault.SECOND_ROW);
            }
        }
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text.replace(' ', 'T')))
                    .filter(local -> LegalTime.isPlausible(local.toInstant(ZoneOffset.UTC)));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private CommunitySketch sketch() {
        LocalDate from =
                readings.first()
                        .map(first -> first.atZone(SYDNEY).toLocalDate())
                        .orElse(LocalDate.EPOCH);
        return new CommunitySketch(
                "ausgrid",
                SYDNEY.getId(),
                "PT30M",
                "AUD",
                "{type: pro-rata}",
                "ausgrid",
                from,
                List.of(new CommunitySketch.Home("home-12", "Home 12", METER)));
    }
}
