package mitoyen.node.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedRunsTest {
    private static final EventPosition END = RunSearch.END;

    @TempDir private Path folder;
    private Connection connection;
    private SortedRuns runs;

    @BeforeEach
    void open() throws Exception {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("runs.sqlite"));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(Schema.TABLES);
        }
        connection.setAutoCommit(false);
        runs = new SortedRuns(connection);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsFoundIsWhatAListOfAllFinds(long seed) throws Exception {
        Random chance = new Random(seed);
        List<Known> all = new ArrayList<>();
        long keptFrom = 1;
        for (long height = 1; height <= 120; height++) {
            List<Known> batch = new ArrayList<>();
            int size = chance.nextInt(4) == 0 ? chance.nextInt(600) : chance.nextInt(4);
            for (int index = 0; index < size; index++) {
                batch.add(new Known(chance.nextInt(20), new EventPosition(height, index)));
            }
            all.addAll(batch);
            for (RunSubject subject : RunSubject.values()) {
                runs.add(subject, entries(subject, batch), keptFrom);
            }
            if (chance.nextInt(20) == 0) {
                keptFrom = Math.max(keptFrom, chance.nextLong(height));
                runs.prune(keptFrom);
            }
            int key = chance.nextInt(22);
            EventPosition before =
                    chance.nextBoolean()
                            ? END
                            : new EventPosition(chance.nextLong(height + 2), chance.nextInt(600));
            int limit = 1 + chance.nextInt(chance.nextBoolean() ? 5 : 2_000);
            for (RunSubject subject : RunSubject.values()) {
                assertThat(kept(search(subject, key, before, limit), subject, keptFrom))
                        .as("seed %d height %d %s", seed, height, subject)
                        .isEqualTo(kept(expected(all, key, before, limit), subject, keptFrom));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RunSubject.class)
    void eightRunsOfASizeBecomeOneOfTheNext(RunSubject subject) throws Exception {
        for (int i = 1; i <= 8 * 8 * 8; i++) {
            List<Known> one = List.of(new Known(i, new EventPosition(i, 0)));
            runs.add(subject, entries(subject, one), 1);
            int digits = i % 8 + i / 8 % 8 + i / 64 % 8 + i / 512;
            assertThat(count("runs")).as("after " + i).isEqualTo(digits);
        }
        for (int i = 1; i <= 8 * 8 * 8; i++) {
            assertThat(search(subject, i, END, 2)).containsExactly(new EventPosition(i, 0));
        }
    }

    @Test
    void aRunIsOfTheLevelWhoseEightsItHolds() {
        assertThat(List.of(1L, 7L, 8L, 63L, 64L, 511L, 512L, 262_143L, 262_144L, 1L << 40))
                .extracting(SortedRuns::level)
                .containsExactly(0, 0, 1, 1, 2, 2, 3, 5, 6, 6);
    }

    @Test
    void whatWasPrunedIsWrittenNoMore() throws Exception {
        for (int i = 1; i <= 64; i++) {
            for (RunSubject subject : RunSubject.values()) {
                List<Known> one = List.of(new Known(i, new EventPosition(i, 0)));
                runs.add(subject, entries(subject, one), Math.max(1, i - 3));
            }
        }
        runs.prune(1_000);
        for (RunSubject subject : RunSubject.values()) {
            assertThat(count("runs where subject = " + subject.number()))
                    .isEqualTo(subject == RunSubject.ACCEPTED ? 1 : 0);
        }
        assertThat(count("run_pages")).isEqualTo(1);
    }

    private static List<byte[]> entries(RunSubject subject, List<Known> all) {
        List<byte[]> entries = new ArrayList<>();
        all.forEach(known -> entries.add(subject.entry(key(subject, known.key), known.position)));
        return entries;
    }

    /// Keys of which some begin alike, and some are next to each other.
    private static byte[] key(RunSubject subject, int number) {
        byte[] key = new byte[subject.entryBytes() - 12];
        key[0] = (byte) (number % 3 * 100);
        key[key.length - 2] = (byte) (number >> 8);
        key[key.length - 1] = (byte) number;
        return key;
    }

    private List<EventPosition> search(RunSubject subject, int key, EventPosition before, int limit)
            throws Exception {
        return new RunSearch(connection).latest(subject, key(subject, key), before, limit);
    }

    private static List<EventPosition> expected(
            List<Known> all, int key, EventPosition before, int limit) {
        return all.stream()
                .filter(known -> known.key == key && known.position.compareTo(before) < 0)
                .map(Known::position)
                .sorted(Comparator.reverseOrder())
                .limit(limit)
                .toList();
    }

    /// What is to be found in any case: the rest of what was pruned may be, until it is merged.
    private static List<EventPosition> kept(
            List<EventPosition> found, RunSubject subject, long keptFrom) {
        return found.stream()
                .filter(position -> subject.isKept() || position.height() >= keptFrom)
                .toList();
    }

    private int count(String what) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + what)) {
            return row.getInt(1);
        }
    }

    private record Known(int key, EventPosition position) {}
}
