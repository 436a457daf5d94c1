package mitoyen.node.running;

import java.io.IOException;
import java.time.Duration;
import mitoyen.consensus.store.LedgerStore;

/// How many blocks a node keeps with their transactions, at least: whole segments go, and only what
/// two snapshots stand for. The headers of all blocks stay.
public sealed interface Keep {
    /// All of them.
    record All() implements Keep {}

    /// The last so many.
    ///
    /// @param blocks how many, at least 1
    record Blocks(long blocks) implements Keep {}

    /// Those that are not older than so many days, counted back from the last block. So a ledger
    /// that sleeps loses nothing, and no clock has a say in what goes.
    ///
    /// @param days of 24 hours, at least 1
    record Days(int days) implements Keep {}

    /// The height of the first block that has to stay.
    ///
    /// @throws IOException if a header cannot be read
    default long firstHeight(LedgerStore store, long lastHeight) throws IOException {
        return switch (this) {
            case All() -> 1;
            case Blocks(long blocks) -> Math.max(1, lastHeight - blocks + 1);
            case Days(int days) -> {
                long last = store.getHeader(lastHeight).timeMillis();
                yield firstAfter(store, last - Duration.ofDays(days).toMillis(), lastHeight);
            }
        };
    }

    /// The first block that is later than a time: times rise with heights.
    private static long firstAfter(LedgerStore store, long timeMillis, long lastHeight)
            throws IOException {
        long from = 1;
        long to = lastHeight;
        while (from < to) {
            long middle = from + (to - from) / 2;
            if (store.getHeader(middle).timeMillis() > timeMillis) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return to;
    }
}
