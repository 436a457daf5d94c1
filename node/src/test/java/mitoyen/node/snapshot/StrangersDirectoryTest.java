package mitoyen.node.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mitoyen.consensus.Hash;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.node.running.JoiningLedger;
import mitoyen.node.running.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CE-15, LE-195: the directory that a stranger's state ends with says what it likes, in valid
/// CBOR, in front of maps that are true. It is refused in a sentence, and takes no more memory than
/// it is long.
final class StrangersDirectoryTest {
    private static final long MOST_ALLOCATED_BYTES = 32 << 20;

    private static final int ARRAY_OF_THREE = 0x83;

    private final JoiningLedger joining = new JoiningLedger(People.genesis());

    /// A row of the directory: a map.
    record Row(String part, long window, long size, long length, ByteString root) {
        Row ofSize(long changed) {
            return new Row(part, window, changed, length, root);
        }

        Row ofLength(long changed) {
            return new Row(part, window, size, changed, root);
        }

        Row of(String otherPart, long otherWindow) {
            return new Row(otherPart, otherWindow, size, length, root);
        }
    }

    /// What is wrong with a directory.
    record Lie(String name, Consumer<List<Row>> rows) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Lie> lies() {
        return Stream.of(
                first("a negative number of entries", row -> row.ofSize(-1)),
                first("no entry", row -> row.ofSize(0)),
                first("an entry too many", row -> row.ofSize(row.size() + 1)),
                first("more entries than bytes", row -> row.ofSize(row.length() + 1)),
                first("as many entries as there are numbers", row -> row.ofSize(Integer.MAX_VALUE)),
                first("more entries than an int", row -> row.ofSize(1L << 32 | row.size())),
                first("a negative length", row -> row.ofLength(-row.length())),
                first("no length", row -> row.ofLength(0)),
                first("a byte of the next map", row -> row.ofLength(row.length() + 1)),
                first("a byte less", row -> row.ofLength(row.length() - 1)),
                first("a length beyond the file", row -> row.ofLength(1L << 40)),
                first("a length that overflows", row -> row.ofLength(Long.MAX_VALUE)),
                first("an unknown part", row -> row.of("accounts/", 0)),
                first("a part with a window that has none", row -> row.of(row.part(), 1)),
                first("another part's name", row -> row.of("energy/communities", 0)),
                new Lie(
                        "lengths that overflow together",
                        rows -> rows.replaceAll(row -> row.ofLength(Long.MAX_VALUE / 2))),
                new Lie(
                        "lengths that come to the same",
                        rows -> {
                            rows.set(0, rows.get(0).ofLength(rows.get(0).length() + 1));
                            rows.set(1, rows.get(1).ofLength(rows.get(1).length() - 1));
                        }),
                new Lie("a map twice", rows -> rows.add(1, rows.get(0))),
                new Lie("the last map twice", rows -> rows.add(rows.getLast())),
                new Lie("a map less", rows -> rows.remove(0)),
                new Lie("the last map less", List::removeLast),
                new Lie("no map", List::clear),
                new Lie("another order", Collections::reverse),
                new Lie(
                        "two maps' roots exchanged",
                        rows -> {
                            Row one = rows.get(0);
                            Row two = rows.get(1);
                            rows.set(
                                    0,
                                    new Row(one.part(), 0, one.size(), one.length(), two.root()));
                            rows.set(
                                    1,
                                    new Row(two.part(), 0, two.size(), two.length(), one.root()));
                        }),
                new Lie(
                        "a map that lies on another",
                        rows -> {
                            Row last = rows.getLast();
                            rows.add(last.of("energy/claims", 0));
                        }),
                new Lie(
                        "maps without number",
                        rows -> {
                            Row row = rows.getLast();
                            rows.addAll(Collections.nCopies(100_000, row));
                        }),
                new Lie(
                        "windows without number",
                        rows -> {
                            for (int window = 0; window < 100_000; window++) {
                                rows.add(new Row("ids", window, 1, 1, rows.getFirst().root()));
                            }
                        }));
    }

    @Test
    void theTrueDirectoryWrittenAnewIsTaken() throws Exception {
        assertThatCode(() -> joining.check(new ArrayContent(with(rows -> {})), hash()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("lies")
    void whateverTheRowsSayIsRefused(Lie lie) throws Exception {
        assertRefused(with(lie.rows()));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 5, 1 << 30, Integer.MAX_VALUE})
    void whateverItsLengthIsSaidToBe(int length) throws Exception {
        byte[] written = written();
        ByteBuffer.wrap(written).putInt(written.length - Integer.BYTES, length);
        assertRefused(written);
    }

    /// The heads of lists that claim more than there is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "839a00ffffff",
                "839a01000000",
                "839a7fffffff",
                "839b7fffffffffffffff",
                "9b7fffffffffffffff",
                "83809a00ffffff",
                "8380809a00ffffff",
                "8380805b7fffffffffffffff",
                "8380815a7fffffff",
                "839f",
                "83808082",
                "838080815a00010001",
                "83808185634555524040404000",
                "80",
                "00",
                "a0"
            })
    void whateverItsListsClaim(String hex) throws Exception {
        byte[] directory = ByteString.parseHex(hex).toBytes();
        assertRefused(ended(Arrays.copyOf(written(), maps(written())), directory));
        assertRefused(ended(Arrays.copyOf(written(), 12), directory));
    }

    private void assertRefused(byte[] forged) throws Exception {
        long before = allocated();
        try {
            joining.check(new ArrayContent(forged), hash());
        } catch (IOException | RuntimeException refused) {
            assertThat(refused).hasMessageMatching("(?s).*\\S.*");
            assertThat(allocated() - before)
                    .isLessThan(MOST_ALLOCATED_BYTES + 100L * forged.length);
            return;
        }
        throw new AssertionError("it was taken");
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static Lie first(String name, UnaryOperator<Row> lie) {
        return new Lie(name, rows -> rows.set(0, lie.apply(rows.getFirst())));
    }

    /// The state with other rows.
    private static byte[] with(Consumer<List<Row>> change) throws Exception {
        byte[] written = written();
        int maps = maps(written);
        CborReader reader =
                new CborReader(Arrays.copyOfRange(written, maps, written.length - 4), 3);
        reader.beginArray(3);
        List<Row> rows = rows(reader);
        int rest = maps + reader.offset();
        change.accept(rows);
        CborWriter writer = new CborWriter().array(rows.size());
        for (Row row : rows) {
            writer.array(5).text(row.part()).integer(row.window()).integer(row.size());
            writer.integer(row.length()).bytes(row.root());
        }
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        directory.write(ARRAY_OF_THREE);
        directory.writeBytes(writer.toBytes());
        directory.writeBytes(Arrays.copyOfRange(written, rest, written.length - 4));
        return ended(Arrays.copyOf(written, maps), directory.toByteArray());
    }

    private static List<Row> rows(CborReader reader) throws CborException {
        List<Row> rows = new ArrayList<>();
        int count = reader.beginArray(100);
        for (int i = 0; i < count; i++) {
            reader.beginArray(5);
            rows.add(
                    new Row(
                            reader.text(64),
                            reader.integer(),
                            reader.integer(),
                            reader.integer(),
                            reader.bytes(32)));
            reader.endArray();
        }
        reader.endArray();
        return rows;
    }

    private static byte[] ended(byte[] maps, byte[] directory) {
        return ByteBuffer.allocate(maps.length + directory.length + Integer.BYTES)
                .put(maps)
                .put(directory)
                .putInt(directory.length)
                .array();
    }

    /// Where the maps end and the directory begins.
    private static int maps(byte[] written) {
        int end = written.length - Integer.BYTES;
        return end - ByteBuffer.wrap(written).getInt(end);
    }

    private static Hash hash() {
        return Hash.of(StateStreamTest.someState().root().toBytes());
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StateFile.write(StateStreamTest.someState(), out);
        return out.toByteArray();
    }
}
