package mitoyen.node.running;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.node.threads.Worker;

/// What is done beside a ledger so that its folder stays small and opens fast: snapshots, and
/// blocks that go.
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Upkeep.class.getName());

    private final LedgerStore store;
    private final History history;
    private final int snapshotBlocks;
    private final BooleanSupplier settledOn;
    private Optional<Follower> follower = Optional.empty();
    private boolean prunes;
    private Optional<Pruning> pruning = Optional.empty();

    /// @param snapshotBlocks how many blocks there are between two snapshots, at least 1
    /// @param settledOn whether a community is settled on the ledger, so that nothing may go
    Upkeep(LedgerStore store, History history, int snapshotBlocks, BooleanSupplier settledOn) {
        this.store = store;
        this.history = history;
        this.snapshotBlocks = snapshotBlocks;
        this.settledOn = settledOn;
    }

    /// Has blocks removed: see [RunningLedger#keep].
    void keep(Keep keep, Follower follower) {
        this.follower = Optional.of(follower);
        this.prunes = !(keep instanceof Keep.All);
        if (prunes) {
            pruning = Optional.of(new Pruning(store, keep, this::findObstacle, follower::pruned));
        }
    }

    /// Writes a snapshot where one is due after the last block. On the executing thread.
    ///
    /// Where blocks go, it waits for whoever follows the ledger: a new snapshot takes the place of
    /// the oldest, from which he may have to go on.
    ///
    /// One that cannot be written is no reason to halt: the ledger opens without it.
    void snapshotIfDue() {
        if (store.height() % snapshotBlocks != 0) {
            return;
        }
        try {
            if (!isFollowedBy(1)) {
                warnOfNoSnapshot("the tables are at block " + followed());
                return;
            }
            store.snapshot();
            follower.ifPresent(each -> each.secure(store.height()));
            pruning.ifPresent(Pruning::wake);
        } catch (IOException failure) {
            warnOfNoSnapshot(String.valueOf(failure.getMessage()));
        }
    }

    /// Who has blocks removed, if they are.
    Optional<Worker> findPruner() {
        return pruning.map(Pruning::worker);
    }

    @Override
    public void close() {
        pruning.ifPresent(Pruning::close);
    }

    private void warnOfNoSnapshot(String why) {
        LOG.log(
                Level.WARNING,
                "no snapshot after block {0}: {1}",
                new Object[] {Long.toString(store.height()), why});
    }

    /// Why nothing may be pruned just now.
    private Optional<Pruning.Obstacle> findObstacle() throws IOException {
        if (settledOn.getAsBoolean()) {
            return Optional.of(
                    new Pruning.Obstacle(
                            "a community is settled on this ledger, which needs all blocks",
                            false));
        }
        return isFollowedBy(Snapshots.KEPT)
                ? Optional.empty()
                : Optional.of(new Pruning.Obstacle("the tables are at block " + followed(), true));
    }

    /// Whether whoever follows the ledger has come as far as the last but so many snapshots, and so
    /// can go on from there. Where nothing was pruned and nothing goes, he always can.
    private boolean isFollowedBy(int snapshots) throws IOException {
        if (!prunes && store.firstHeight() == 1) {
            return true;
        }
        List<Long> heights = history.listHeights();
        return heights.size() < snapshots || followed() >= heights.get(heights.size() - snapshots);
    }

    private long followed() {
        return follower.map(Follower::durableHeight).orElse(Long.MAX_VALUE);
    }
}
