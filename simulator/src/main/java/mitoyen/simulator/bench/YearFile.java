package mitoyen.simulator.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Consumer;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.simulator.files.ReadingsCsv;
import mitoyen.simulator.model.Chance;
import mitoyen.simulator.model.DayGrid;
import mitoyen.simulator.model.Neighbourhood;
import mitoyen.simulator.model.Site;

/// Readings files of any length: a neighbourhood's days one after the other, or their rows in any
/// order.
final class YearFile {
    /// How many piles rows are dealt to at random; each is then shuffled in memory.
    private static final int PILES = 128;

    private final Neighbourhood neighbourhood;
    private final LocalDate first;
    private final int days;

    YearFile(Neighbourhood neighbourhood, LocalDate first, int days) {
        this.neighbourhood = neighbourhood;
        this.first = first;
        this.days = days;
    }

    /// Writes the rows by time.
    void writeByTime(Path file, Consumer<String> progress) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(ReadingsCsv.HEADER);
            forEachInterval(progress, rows -> out.write(rows));
        }
    }

    /// Writes the rows in an order that follows from the seed and from nothing else.
    ///
    /// Dealt to piles and each pile shuffled, so that memory holds one pile and the disk two copies
    /// at most.
    void writeShuffled(Path file, Consumer<String> progress) throws IOException {
        Path folder = Files.createTempDirectory(file.toAbsolutePath().getParent(), "piles");
        try (Piles piles = new Piles(folder, PILES)) {
            Chance chance = Chance.of(neighbourhood.seed(), days);
            forEachInterval(
                    progress,
                    rows -> {
                        for (int at = 0; at < rows.length(); ) {
                            int next = rows.indexOf('\n', at) + 1;
                            piles.add(chance.below(PILES), rows, at, next);
                            at = next;
                        }
                    });
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                out.write(ReadingsCsv.HEADER);
                for (int pile = 0; pile < PILES; pile++) {
                    piles.moveShuffled(pile, chance, out);
                    if ((pile + 1) % 32 == 0) {
                        progress.accept("shuffled %d of %d".formatted(pile + 1, PILES));
                    }
                }
            }
        }
    }

    private void forEachInterval(Consumer<String> progress, Rows target) throws IOException {
        List<String> meters = neighbourhood.sites().stream().map(Site::meter).toList();
        ReadingsCsv csv = new ReadingsCsv(meters);
        for (int number = 0; number < days; number++) {
            LocalDate day = first.plusDays(number);
            DayGrid grid = neighbourhood.grid(day);
            DayReadings readings = neighbourhood.day(day);
            for (int interval = 0; interval < readings.intervals(); interval++) {
                target.take(csv.interval(grid, readings, interval));
            }
            if (day.plusDays(1).getDayOfMonth() == 1) {
                progress.accept("generated " + YearMonth.from(day));
            }
        }
    }

    @FunctionalInterface
    private interface Rows {
        void take(String rows) throws IOException;
    }
}
