package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Rows that are kept, in the heap and beyond it.
final class SpillTest {
    @RepeatedTest(8)
    void givesBackEveryRowInOrderWhateverTheHeapLimit() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        boolean split = random.nextBoolean();
        SortedMap<Integer, List<List<Long>>> model = new TreeMap<>();
        try (Spill spill = new Spill(random.nextInt(200_000), split)) {
            for (int added = 0; added < 20_000; added++) {
                int day = random.nextInt(40);
                int cell = random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
                Row row = new Row();
                row.consumption = value(random);
                row.production = value(random);
                if (split) {
                    row.allocated = value(random);
                    row.sold = value(random);
                }
                spill.add(day, cell, row);
                model.computeIfAbsent(day, _ -> new ArrayList<>())
                        .add(
                                List.of(
                                        (long) cell,
                                        row.consumption,
                                        row.production,
                                        row.allocated,
                                        row.sold));
            }
            for (int day = 0; day < 41; day++) {
                assertThat(rows(spill, day))
                        .as("seed %d, day %d", seed, day)
                        .isEqualTo(model.getOrDefault(day, List.of()));
            }
        }
    }

    @RepeatedTest(20)
    void knowsARunOfCells() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int first = random.nextInt(1_000);
        int count = random.nextInt(2, 3_000);
        int odd = random.nextInt(2 * count);
        boolean empty = random.nextBoolean();
        int beside = random.nextBoolean() ? 1 : -1;
        try (Spill spill = new Spill(Spill.HEAP_LIMIT, random.nextBoolean())) {
            assertThat(spill.findRun(7)).isEmpty();
            for (int added = 0; added < count; added++) {
                Row row = new Row();
                row.production = added == odd && empty ? Row.EMPTY : 0;
                spill.add(7, first + added + (added == odd && !empty ? beside : 0), row);
            }
            assertThat(spill.findRun(7))
                    .as("seed %d: %d from %d, odd %d", seed, count, first, odd)
                    .isEqualTo(
                            odd < count
                                    ? Optional.empty()
                                    : Optional.of(new Spill.Run(first, first + count)));
        }
    }

    @Test
    void staysInTheHeapWhileThatIsEnough() throws IOException {
        try (Spill spill = filled(1 << 20)) {
            assertThat(spill.isOnDisk()).isFalse();
        }
    }

    @Test
    void leavesNoNamedFileBehindEvenWhileItIsOpen() throws Exception {
        List<Path> before = temporaryFiles();
        try (Spill spill = filled(1 << 10)) {
            assertThat(spill.isOnDisk()).isTrue();
            assertThat(whatStaysBeside(before)).isEmpty();
            assertThat(rows(spill, 0)).hasSize(1_000);
        }
    }

    private static Spill filled(long heapLimit) throws IOException {
        Spill spill = new Spill(heapLimit, false);
        for (int added = 0; added < 4_000; added++) {
            Row row = new Row();
            row.consumption = 250_000;
            spill.add(added % 4, added, row);
        }
        return spill;
    }

    private static long value(Random random) {
        return random.nextInt(10) == 0
                ? Row.EMPTY
                : random.nextLong(1L << 45) >>> random.nextInt(45);
    }

    private static List<List<Long>> rows(Spill spill, int day) throws IOException {
        List<List<Long>> rows = new ArrayList<>();
        spill.read(
                day,
                (cell, consumption, production, allocated, sold) ->
                        rows.add(List.of((long) cell, consumption, production, allocated, sold)));
        return rows;
    }

    /// Another process of tests has one of its own for the moment until it takes its name away.
    private static List<Path> whatStaysBeside(List<Path> before) throws Exception {
        List<Path> beside = temporaryFiles();
        beside.removeAll(before);
        for (int looks = 0; looks < 6_000 && !beside.isEmpty(); looks++) {
            Thread.sleep(10);
            beside.retainAll(temporaryFiles());
        }
        return beside;
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().endsWith(".readings"))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }
}
