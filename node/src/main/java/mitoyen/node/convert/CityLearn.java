package mitoyen.node.convert;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.readings.CsvTable;

/// The homes of the CityLearn challenge 2022: a row an hour for a year, with each home's load and
/// what a kilowatt of its solar panels yields.
///
/// The file names hours from 1 to 24 and no year. Its days of the week are those of the year from
/// Monday, 1 August 2016, and it has no hour too few or too many. Hour 24 is taken for the one that
/// begins at midnight: then the year is 365 whole days, and the sun stands highest near noon.
final class CityLearn {
    private static final ZoneId PACIFIC_STANDARD = ZoneId.of("Etc/GMT+8");
    private static final LocalDate FIRST_DAY = LocalDate.of(2016, 8, 1);
    private static final Instant FIRST = FIRST_DAY.atStartOfDay(PACIFIC_STANDARD).toInstant();
    private static final int HOURS = 8_760;
    private static final int HOMES = 17;

    private final MistakeLog mistakes;
    private final Readings readings = new Readings(false);

    CityLearn(MistakeLog mistakes) {
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
                PACIFIC_STANDARD,
                List.of(
                        "the file names no year: row 0 is the hour that begins on "
                                + FIRST_DAY
                                + " at 00:00, since its days of the week are those of that year",
                        "an hour's number names its start, 24 being midnight, in the fixed time"
                                + " UTC-8 without daylight saving",
                        "load is consumption; production = W per kW * kWp / 1000 in kWh, with 5.0"
                                + " kWp for homes 4 and 10 to 17 and 4.0 for the others",
                        "values are rounded HALF_UP to 6 decimals",
                        "batteries are left out"),
                Optional.of(sketch()));
    }

    private void read(Sheet sheet, List<CsvTable.Line> lines) {
        int number = sheet.column("row");
        int hour = sheet.column("hour");
        List<Home> homes =
                IntStream.rangeClosed(1, HOMES).mapToObj(home -> Home.of(home, sheet)).toList();
        if (number < 0 || hour < 0) {
            return;
        }
        int row = 0;
        for (CsvTable.Line line : lines) {
            boolean inOrder =
                    line.cell(number).equals(Integer.toString(row))
                            && line.cell(hour).equals(Integer.toString((row + 23) % 24 + 1))
                            && row < HOURS;
            if (!inOrder) {
                sheet.refuse(line, Fault.ROW_OUT_OF_PLACE, row);
                return;
            }
            Instant start = FIRST.plus(Duration.ofHours(row));
            for (Home home : homes) {
                read(sheet, line, start, home);
            }
            row++;
        }
    }

    private void read(Sheet sheet, CsvTable.Line line, Instant start, Home home) {
        Optional<Long> load = sheet.kwh(line, home.load);
        Optional<Long> yield =
                sheet.number(line, home.solar)
                        .map(watts -> watts.multiply(home.kilowatts).movePointLeft(3))
                        .map(Amounts::ofKwh);
        if (load.isPresent() && yield.isPresent()) {
            boolean free = readings.put(start, home.meter, Direction.CONSUMPTION, load.get());
            readings.put(start, home.meter, Direction.PRODUCTION, yield.get());
            if (!free) {
                sheet.refuse(line, Fault.SECOND_HOUR);
            }
        }
    }

    private static CommunitySketch sketch() {
        List<CommunitySketch.Home> homes = new ArrayList<>();
        for (int home = 1; home <= HOMES; home++) {
            homes.add(new CommunitySketch.Home("h" + home, "Home " + home, "H" + home));
        }
        return new CommunitySketch(
                "citylearn",
                PACIFIC_STANDARD.getId(),
                "PT60M",
                "USD",
                "{type: pro-rata}",
                "grid",
                FIRST_DAY,
                homes);
    }

    private record Home(String meter, int load, int solar, BigDecimal kilowatts) {
        static Home of(int number, Sheet sheet) {
            boolean large = number == 4 || number >= 10;
            return new Home(
                    "H" + number,
                    sheet.column("h" + number + "_load_kwh"),
                    sheet.column("h" + number + "_pv_w_per_kw"),
                    new BigDecimal(large ? "5.0" : "4.0"));
        }
    }
}
