package mitoyen.consensus.joining;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import mitoyen.consensus.Block;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.snapshot.SnapshotException;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.store.LedgerStore;

/// The snapshots that this node gives to others (`CE-13`, `CE-14`). For any thread.
public final class OfferedSnapshots {
    private static final System.Logger LOG = System.getLogger(OfferedSnapshots.class.getName());

    /// How many are held: the two that a ledger keeps, and one that somebody may still be fetching.
    private static final int HELD = 3;

    /// How many blocks behind its own a snapshot needs before others can check it: the engine's
    /// next header has the anchor, and the one after that says who votes.
    private static final int BLOCKS_BEHIND = 2;

    private final LedgerStore store;
    private final ToLongFunction<byte[]> engineHeight;
    private final SortedSet<Long> damaged = new TreeSet<>();
    private final Deque<OfferedSnapshot> held = new ArrayDeque<>();

    /// @param engineHeight reads the engine's height from a block's notice
    public OfferedSnapshots(LedgerStore store, ToLongFunction<byte[]> engineHeight) {
        this.store = store;
        this.engineHeight = engineHeight;
    }

    /// Those that can be had now, by rising height. The first time one is read to its end, which
    /// takes time in proportion to it; one that is damaged is not read again.
    ///
    /// @param decidedHeight the engine's last block
    public synchronized List<Snapshot> list(long decidedHeight) throws IOException {
        List<Snapshot> list = new ArrayList<>();
        Optional<SnapshotFolder> folder = store.snapshotFolder();
        if (folder.isPresent()) {
            List<Long> heights = folder.get().listHeights();
            damaged.retainAll(heights);
            for (long height : heights) {
                offer(folder.get(), height, decidedHeight)
                        .filter(OfferedSnapshot::isWithinLimits)
                        .ifPresent(offered -> list.add(offered.describe()));
            }
        }
        return list;
    }

    /// A chunk of one that was listed; empty where there is none such, or none any more.
    ///
    /// @param ofEngineHeight the height that it was listed with
    public synchronized byte[] chunk(long ofEngineHeight, int format, int index) {
        Optional<OfferedSnapshot> found =
                held.stream()
                        .filter(each ->
                                format == JoinForm.FORMAT && each.engineHeight() == ofEngineHeight)
                        .findFirst();
        if (found.isEmpty()) {
            return new byte[0];
        }
        try {
            return found.get().chunk(index);
        } catch (IOException | InternalError unreadable) {
            // A newcomer's question is no reason to halt; a mapped file that fails is an error.
            warn(found.get().height(), unreadable);
            held.remove(found.get());
            return new byte[0];
        }
    }

    private Optional<OfferedSnapshot> offer(
            SnapshotFolder folder, long height, long decidedHeight) {
        Optional<OfferedSnapshot> found =
                held.stream().filter(each -> each.height() == height).findFirst();
        if (found.isPresent()) {
            return found;
        }
        if (damaged.contains(height)) {
            return Optional.empty();
        }
        try {
            Optional<Block> block = store.findBlock(height);
            if (block.isEmpty() || engineHeight(block.get()) + BLOCKS_BEHIND > decidedHeight) {
                return Optional.empty();
            }
            OfferedSnapshot offered =
                    OfferedSnapshot.of(
                            store,
                            block.get(),
                            engineHeight(block.get()),
                            folder.openWhole(height, store.genesisHash()));
            held.addLast(offered);
            if (held.size() > HELD) {
                held.removeFirst();
            }
            return Optional.of(offered);
        } catch (NoSuchFileException gone) {
            // One may go while another is taken.
            return Optional.empty();
        } catch (SnapshotException unusable) {
            damaged.add(height);
            return Optional.empty();
        } catch (IOException | InternalError unreadable) {
            warn(height, unreadable);
            return Optional.empty();
        }
    }

    private void warn(long height, Throwable unreadable) {
        damaged.add(height);
        LOG.log(
                System.Logger.Level.WARNING,
                "the snapshot of block {0} is not given to others: {1}",
                height,
                unreadable.getMessage());
    }

    private long engineHeight(Block block) {
        return engineHeight.applyAsLong(block.bundles().getFirst());
    }
}
