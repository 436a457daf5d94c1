package mitoyen.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.FullScan;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.simulator.files.TemporaryFolder;
import mitoyen.simulator.model.Chance;

/// The state at a size: its memory, its snapshot, a restart from it beside the mere reading of its
/// file, and what a transaction costs as accounts, holds and timers grow.
///
/// Restart and reading alternate over the same file; a ratio is the median over rounds. The picture
/// of the growth is written into the folder that the program is run in.
///
/// @param accounts of the large state
/// @param sizes at which growth is measured, rising
/// @param rounds how often restart and reading alternate
/// @param picture where the picture goes, an SVG
public record StateBench(int accounts, List<Integer> sizes, int rounds, Path picture)
        implements Benchmark {
    /// A million accounts, growth over three decades.
    public static final StateBench FULL =
            new StateBench(
                    1_000_000,
                    List.of(1_000, 10_000, 100_000, 1_000_000),
                    3,
                    Path.of("bench-state.svg"));

    private static final double GOAL = 3;
    private static final int PER_BLOCK = 1_000;
    private static final long BYTES_PER_ACCOUNT = 3_000;
    private static final double NANOS = 1e9;
    private static final double MEBIBYTE = 1 << 20;

    public StateBench {
        sizes = List.copyOf(sizes);
    }

    @Override
    public String name() {
        return "state";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        long needed = BYTES_PER_ACCOUNT * accounts;
        if (Runtime.getRuntime().maxMemory() < needed) {
            throw new IOException(
                    "%,d accounts need more memory than the program has; give it 4 GB by"
                                    .formatted(accounts)
                            + " MITOYEN_JAVA_OPTS=-Xmx4g");
        }
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench")) {
            measureLarge(folder.path(), figures, progress);
        }
        List<Growth.Point> points = new Growth(PER_BLOCK, progress).measure(sizes);
        for (Growth.Point point : points) {
            figures.put(
                    "%sMicros%d".formatted(point.of(), point.size()),
                    Figure.thousandths(point.micros()));
        }
        Files.writeString(picture, new GrowthPicture(points).toSvg());
        figures.put("picture", picture.toString());
        return figures;
    }

    private void measureLarge(
            Path folder, SequencedMap<String, Object> figures, Consumer<String> progress)
            throws IOException {
        progress.accept("opening %,d accounts".formatted(accounts));
        long before = usedBytes();
        BareStreet street = new BareStreet(accounts);
        State state = street.accounts();
        state.root();
        long bytes = usedBytes() - before;
        SnapshotFile snapshot = new SnapshotFile(folder, state);
        Stopwatch taking = new Stopwatch();
        snapshot.take();
        double takeSeconds = taking.time().nanos() / NANOS;
        snapshot.forget();
        progress.accept("%,.0f MiB in a snapshot".formatted(snapshot.bytes() / MEBIBYTE));
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Round each = measure(snapshot, street);
            progress.accept(each + (round == 0 ? " (warm-up)" : ""));
            if (round > 0) {
                measured.add(each);
            }
        }
        figures.put("ratio", Figure.thousandths(Figure.median(measured, Round::ratio)));
        figures.put("goal", GOAL);
        figures.put(
                "ratioToHashing",
                Figure.thousandths(Figure.median(measured, Round::ratioToHashing)));
        figures.put("restartSeconds", Figure.thousandths(Figure.median(measured, Round::restart)));
        figures.put("openSeconds", Figure.thousandths(Figure.median(measured, Round::open)));
        figures.put("nextBlockSeconds", Figure.thousandths(Figure.median(measured, Round::block)));
        figures.put("scanSeconds", Figure.thousandths(Figure.median(measured, Round::scan)));
        figures.put("readSeconds", Figure.thousandths(Figure.median(measured, Round::read)));
        figures.put("hashSeconds", Figure.thousandths(Figure.median(measured, Round::hash)));
        figures.put("accounts", accounts);
        figures.put("bytesPerAccount", bytes / accounts);
        figures.put("snapshotMiB", Math.round(snapshot.bytes() / MEBIBYTE));
        figures.put("snapshotBytesPerAccount", snapshot.bytes() / accounts);
        figures.put("snapshotSeconds", Figure.thousandths(takeSeconds));
    }

    /// A restart ends with the root of a block that was executed: whatever was put off until then
    /// is in it.
    private Round measure(SnapshotFile snapshot, BareStreet street) throws IOException {
        long time = BareStreet.START_MILLIS + 1;
        List<byte[]> one = block(street.transfers(1, Chance.of(accounts), time));
        List<byte[]> many = block(street.transfers(PER_BLOCK, Chance.of(accounts), time + 1));
        BlockExecution execution = street.execution();
        Stopwatch reading = new Stopwatch();
        snapshot.read();
        double read = reading.time().nanos() / NANOS;
        Stopwatch hashing = new Stopwatch();
        snapshot.readAndHash();
        double hash = hashing.time().nanos() / NANOS;
        Stopwatch restarting = new Stopwatch();
        State state = snapshot.restart();
        double open = restarting.time().nanos() / NANOS;
        Draft.Sealed first = execution.execute(state, new Moment(2, time), one);
        double restart = restarting.time().nanos() / NANOS;
        Stopwatch going = new Stopwatch();
        Draft.Sealed second = execution.execute(first.state(), new Moment(3, time + 1), many);
        double block = going.time().nanos() / NANOS;
        Stopwatch scanning = new Stopwatch();
        FullScan.check(state);
        double scan = scanning.time().nanos() / NANOS;
        requireAccepted(first);
        requireAccepted(second);
        return new Round(restart, open, block, scan, read, hash);
    }

    private static List<byte[]> block(List<byte[]> transactions) {
        return List.of(new Bundle(transactions.stream().map(ByteString::of).toList()).toBytes());
    }

    private static void requireAccepted(Draft.Sealed sealed) {
        for (Draft.Outcome outcome : sealed.outcomes()) {
            if (!(outcome.receipt() instanceof Receipt.Accepted)) {
                throw new IllegalStateException("refused: " + outcome.receipt());
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// What one round took [s].
    ///
    /// @param restart from the file to the root of a block that was executed
    /// @param open how much of it until the snapshot was taken up
    /// @param block the next block, of a thousand transfers from anyone to anyone
    /// @param scan reading all of the state, which a node does behind its start
    /// @param read reading the file
    /// @param hash reading it and working out its SHA-256
    private record Round(
            double restart, double open, double block, double scan, double read, double hash) {
        double ratio() {
            return restart / read;
        }

        double ratioToHashing() {
            return restart / hash;
        }

        @Override
        public String toString() {
            return ("restart %.3f s, of which opening %.3f s; then a block %.3f s, a scan %.1f s;"
                            + " reading %.3f s, and hashing %.3f s")
                    .formatted(restart, open, block, scan, read, hash);
        }
    }
}
