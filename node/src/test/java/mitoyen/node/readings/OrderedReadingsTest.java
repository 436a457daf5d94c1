package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/// Whole days are known to be whole by the order of their rows alone, and that never hides what is
/// wrong with one: a row that is missing, empty or there twice, wherever it is and whoever reads
/// it.
final class OrderedReadingsTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /// The day with 25 hours is in the middle.
    private static final LocalDate FIRST = LocalDate.of(2025, 10, 25);

    private static final List<String> METERS = List.of("A1", "B1", "C1", "C2");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Community community = Communities.of(ZONE.getId(), 60, "pro-rata");

    @TempDir private Path folder;

    @RepeatedTest(200)
    void whatIsWrongIsFoundHoweverOrderedTheRestIs() throws IOException {
        boolean cut = random.nextBoolean();
        List<String> rows = rows(cut ? random.nextInt(1, 24) : 0);
        boolean wrong = random.nextBoolean() && spoil(rows);
        if (random.nextInt(3) == 0) {
            int row = 1 + random.nextInt(rows.size() - 1);
            Collections.swap(rows, row - 1, row);
        }
        KeptRows.Resources resources =
                new KeptRows.Resources(
                        1 + random.nextInt(4),
                        random.nextInt(4) == 0 ? 0 : Spill.HEAP_LIMIT,
                        List.of(50L, 400L, 2_000L, 1L << 20).get(random.nextInt(4)));
        assertThat(isRefused(files(rows), new ImportOptions(250, false, cut), resources))
                .as("seed %d: %s, cut %s", seed, resources, cut)
                .isEqualTo(wrong);
    }

    private List<String> rows(int hoursCut) {
        List<String> rows = new ArrayList<>();
        ZonedDateTime end = FIRST.plusDays(3).atStartOfDay(ZONE);
        ZonedDateTime start = FIRST.atStartOfDay(ZONE).plusHours(hoursCut);
        for (; start.isBefore(end); start = start.plusHours(1)) {
            for (String meter : METERS) {
                rows.add("%s,%s,0.25,0".formatted(start.toOffsetDateTime(), meter));
            }
        }
        return rows;
    }

    private boolean spoil(List<String> rows) {
        int row = random.nextBoolean() ? random.nextInt(rows.size()) : besideMidnight(rows);
        switch (random.nextInt(4)) {
            case 0 -> rows.remove(row);
            case 1 -> rows.add(row, rows.get(row));
            case 2 -> rows.add(random.nextInt(rows.size()), rows.get(row));
            default -> rows.set(row, rows.get(row).replace("0.25,0", ","));
        }
        return true;
    }

    /// The last row of the first day, or the first one of the second.
    private int besideMidnight(List<String> rows) {
        String first = FIRST.toString();
        int next = (int) rows.stream().takeWhile(row -> row.startsWith(first)).count();
        return next - random.nextInt(2);
    }

    /// In one file or two.
    private List<Path> files(List<String> rows) throws IOException {
        int first = random.nextBoolean() ? rows.size() : random.nextInt(1, rows.size());
        List<Path> files = new ArrayList<>();
        files.add(write("a.csv", rows.subList(0, first)));
        if (first < rows.size()) {
            files.add(write("b.csv", rows.subList(first, rows.size())));
        }
        return files;
    }

    private Path write(String name, List<String> rows) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "start,meter,consumption_kwh,production_kwh\n" + String.join("\n", rows) + "\n");
    }

    private boolean isRefused(List<Path> files, ImportOptions options, KeptRows.Resources resources)
            throws IOException {
        try (ReadingsImport readings =
                ReadingsImport.read(community, files, options, Progress.NONE, resources)) {
            readings.check(community.terms()::rosterOn);
            return false;
        } catch (InputMistakes refused) {
            return true;
        }
    }
}
