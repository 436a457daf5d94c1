package mitoyen.node.running;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.node.snapshot.StateFile;

/// Reads all of the state that a node was started from, behind its start (`JO-30`). Until then
/// every entry that was used was held against the root in the block's header, and nobody knew
/// whether the sums that came with them fit.
final class StateScan {
    private static final Logger LOG = Logger.getLogger(StateScan.class.getName());

    private StateScan() {}

    /// Starts the scan on a thread of its own, which ends with the process at the latest.
    ///
    /// @param halt told where and why, if the state is not what it must be
    static void start(StateFile.Opened opened, BiConsumer<String, Throwable> halt) {
        opened.lyingIn()
                .ifPresent(snapshot ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("scan")
                                .start(() -> scan(opened, snapshot, halt)));
    }

    /// Anything that the state's own bytes can make a program throw is a reason to halt.
    private static void scan(
            StateFile.Opened opened, String snapshot, BiConsumer<String, Throwable> halt) {
        long start = System.nanoTime();
        try {
            opened.scan();
            Object[] facts = {snapshot, Duration.ofNanos(System.nanoTime() - start).toMillis()};
            LOG.log(Level.INFO, "{0} was read to its end in {1} ms: all of it holds", facts);
        } catch (RuntimeException | Error fault) {
            halt.accept("scanning " + snapshot, fault);
        }
    }
}
