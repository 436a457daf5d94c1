package mitoyen.simulator.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.readings.Progress;
import mitoyen.node.readings.ReadingsScan;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;

/// One measurement of the main job, of its reader, and of what its reader stands on, one after the
/// other over the same file.
///
/// @param rows how many rows the file has
/// @param settleNanos settling: from CSV to ledger and all files in a fresh folder [ns]
/// @param parseNanos turning each row into an instant, a meter's index and two longs [ns]
/// @param splitNanos splitting fields [ns]
/// @param compilerMillis how long the compiler's threads worked while settling [ms]
record SettleRound(
        long rows, long settleNanos, long parseNanos, long splitNanos, long compilerMillis) {
    private static final int MAX_KW = 250;
    private static final double NANOS_A_SECOND = 1e9;

    /// Measures.
    ///
    /// @param out a folder that is not there yet
    static SettleRound measure(Path community, Path readings, Path out) throws IOException {
        try {
            List<Path> files = List.of(readings);
            long compiledMillis = compilingMillis();
            Stopwatch settling = new Stopwatch();
            Settlement.run(
                    new SettlementRequest(community, files, out, false, false, false, MAX_KW),
                    new RealDisk(),
                    new SecureRandom(),
                    Progress.NONE);
            long settleNanos = settling.nanos();
            long compilerMillis = compilingMillis() - compiledMillis;
            awaitDisk();
            Community parsed = CommunityFile.read(community);
            Sum sum = new Sum();
            Stopwatch parsing = new Stopwatch();
            long rows = new ReadingsScan(parsed).rows(files, MAX_KW, sum);
            long parseNanos = parsing.nanos();
            Stopwatch splitting = new Stopwatch();
            long characters = ReadingsScan.fields(files);
            long splitNanos = splitting.nanos();
            if (sum.mixed == 0 || characters < rows) {
                throw new IllegalStateException("the readings did not come through");
            }
            return new SettleRound(rows, settleNanos, parseNanos, splitNanos, compilerMillis);
        } catch (InputMistakes | Refused refused) {
            throw new IllegalStateException("generated readings were refused", refused);
        }
    }

    /// Lets the disk take what was written, so that it is at rest for what is measured next: half a
    /// gigabyte that the system still owes it from one round slows another.
    private static void awaitDisk() throws IOException {
        try {
            if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
                throw new IOException("sync failed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the disk writes");
        }
    }

    private static long compilingMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    /// Rows settled a second.
    double settleRate() {
        return rows * NANOS_A_SECOND / settleNanos;
    }

    /// Rows parsed a second.
    double parseRate() {
        return rows * NANOS_A_SECOND / parseNanos;
    }

    /// Rows split a second.
    double splitRate() {
        return rows * NANOS_A_SECOND / splitNanos;
    }

    /// How near settling comes to parsing.
    double ratio() {
        return (double) parseNanos / settleNanos;
    }

    /// How near parsing comes to splitting.
    double parseRatio() {
        return (double) splitNanos / parseNanos;
    }

    @Override
    public String toString() {
        return "%,.0f settled, %,.0f parsed, %,.0f split a second, the compiler %,d ms"
                .formatted(settleRate(), parseRate(), splitRate(), compilerMillis);
    }

    /// Uses what it is given, so that no compiler leaves the work out.
    private static final class Sum implements ReadingsScan.Rows {
        private long mixed;

        @Override
        public void take(long startMillis, int meter, long consumption, long production) {
            mixed = 31 * mixed + (startMillis ^ meter ^ consumption ^ production);
        }
    }

    private static final class Stopwatch {
        private final long start = System.nanoTime();

        long nanos() {
            return System.nanoTime() - start;
        }
    }
}
