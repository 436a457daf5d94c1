package mitoyen.simulator.run;

import static mitoyen.simulator.run.Records.require;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.consensus.journal.JournalException;
import mitoyen.consensus.snapshot.SnapshotException;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.simulator.faults.Crash;
import mitoyen.simulator.faults.Damage;
import mitoyen.simulator.faults.DiskFault;
import mitoyen.simulator.faults.UnreliableDisk;

/// The core of a node: engine, journal, snapshots and ledger, of which only what lies on the disk
/// outlives a crash.
final class Core implements AutoCloseable {
    private static final int ATTEMPTS_BEFORE_ROOM = 2;

    private final Surroundings around;
    private final byte[] genesis;
    private final Supplier<ExecutedLedger> beginning;
    private final LedgerFiles files;
    private final UnreliableDisk disk;
    private final List<Block> committed = new ArrayList<>();
    private final List<BlockHeader> found = new ArrayList<>();
    private ExecutedLedger ledger;
    private Optional<EmbeddedEngine> engine = Optional.empty();

    /// A core on an empty disk, not started yet.
    ///
    /// @param beginning gives a ledger in the state of the genesis
    Core(Surroundings around, byte[] genesis, Supplier<ExecutedLedger> beginning) {
        this.around = around;
        this.genesis = genesis.clone();
        this.beginning = beginning;
        this.files = new LedgerFiles(genesis);
        this.disk = new UnreliableDisk(around.chance(), around.odds().disk(), around.faults());
        this.ledger = beginning.get();
    }

    /// The ledger as it is now.
    ExecutedLedger ledger() {
        return ledger;
    }

    UnreliableDisk disk() {
        return disk;
    }

    LedgerFiles files() {
        return files;
    }

    /// Starts the core, as often as it takes. Where the disk lied the core must refuse to start, or
    /// come without what it cannot know of, and is given its files anew.
    ///
    /// @param acknowledged from which the files are written anew
    /// @return the blocks that it executed: those above a snapshot, or all
    /// @throws Violation if it refuses although the disk kept what it said it had
    List<Block> start(List<Block> acknowledged) throws IOException {
        for (int attempt = 1; engine.isEmpty(); attempt++) {
            if (attempt > ATTEMPTS_BEFORE_ROOM) {
                disk.makeRoom();
            }
            ledger = beginning.get();
            committed.clear();
            found.clear();
            List<Damage> damages = disk.damages();
            try {
                EmbeddedEngine opened = open();
                if (lacksTheLastByALie(opened, acknowledged)) {
                    around.trace().add("shortened");
                    opened.close();
                    restore(acknowledged);
                } else {
                    engine = Optional.of(opened);
                    // Every byte was read and found sound: what was damaged was cut off again.
                    disk.forgetDamages(of(files.journal(), damages));
                }
            } catch (Crash crash) {
                around.trace().add("crash");
                disk.powerOn();
            } catch (DiskFault failure) {
                around.trace().add("failure");
            } catch (JournalException damaged) {
                requireNamed(damaged);
                around.trace().add("restored");
                restore(acknowledged);
            } catch (SnapshotException none) {
                require(noneIsLeft(), () -> "it refuses a good snapshot: " + none.getMessage());
                around.trace().add("restored");
                restore(acknowledged);
            }
        }
        return takeCommitted();
    }

    /// Makes blocks, unless the core dies of it; then it has to be started again.
    ///
    /// @return the blocks as they were acknowledged; empty if the core died
    /// @throws IllegalArgumentException if a time does not rise
    Optional<List<Block>> submit(List<Proposal> proposals) throws IOException {
        EmbeddedEngine running = engine.orElseThrow();
        try {
            List<Block> blocks = running.submit(proposals);
            require(takeCommitted().equals(blocks), () -> "committed is not what was acknowledged");
            return Optional.of(blocks);
        } catch (Crash crash) {
            around.trace().add("crash");
            disk.powerOn();
        } catch (DiskFault failure) {
            around.trace().add("failure");
            requireClosed(running);
        }
        engine = Optional.empty();
        return Optional.empty();
    }

    /// Takes a snapshot. Where the disk fails, the core goes on without.
    ///
    /// @return false if the core died, and has to be started again
    boolean snapshot() throws IOException {
        return keepUp(running -> {
            running.store().snapshot();
            // Those that are left were read to their ends and found good.
            disk.forgetDamages(of(files.snapshots(), disk.damages()));
        });
    }

    /// Prunes what snapshots stand for. Where the disk fails, the core goes on with what is left.
    ///
    /// @param keepFromHeight the height of the first block that has to stay
    /// @return false if the core died, and has to be started again
    boolean prune(long keepFromHeight) throws IOException {
        return keepUp(running -> {
            long mayStay = Math.max(running.store().firstHeight(), keepFromHeight);
            require(
                    running.store().prune(keepFromHeight, () -> true) <= mayStay,
                    () -> "block %d was to stay, and is gone".formatted(keepFromHeight));
        });
    }

    /// The headers that were found when it was started last, pruned or not, by height.
    List<BlockHeader> found() {
        return Collections.unmodifiableList(found);
    }

    /// The height of the last block.
    long height() {
        return engine.orElseThrow().height();
    }

    /// The height of the first block that was not pruned.
    long firstHeight() {
        return engine.orElseThrow().store().firstHeight();
    }

    /// The header of a block, pruned or not.
    Optional<BlockHeader> findHeader(long height) throws IOException {
        return engine.orElseThrow().store().findHeader(height);
    }

    /// A block that was not pruned.
    Optional<Block> findBlock(long height) throws IOException {
        return engine.orElseThrow().store().findBlock(height);
    }

    /// Lets someone read the ledger's blocks, up to the first about which the disk lied since it
    /// was started; the next start refuses it.
    ///
    /// @throws Violation if a block is refused although the disk kept it
    void read(Reading reading) throws IOException {
        try {
            reading.read();
        } catch (JournalException damaged) {
            requireNamed(damaged);
            around.trace().add("damaged");
        }
    }

    /// Stops the core as it should be.
    void stop() throws IOException {
        around.trace().add("stop");
        engine.orElseThrow().close();
        engine = Optional.empty();
    }

    /// Lets the power go while the core has nothing to do.
    void losePower() throws IOException {
        around.trace().add("power");
        disk.crash();
        disk.powerOn();
        engine = Optional.empty();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private EmbeddedEngine open() throws IOException {
        return new EmbeddedEngine(
                LedgerStore.open(
                        disk,
                        files.journal(),
                        files.snapshots(),
                        genesis,
                        ledger,
                        committed::add,
                        LedgerFiles.SEGMENT_BYTES,
                        found::add));
    }

    private List<Block> takeCommitted() {
        List<Block> blocks = List.copyOf(committed);
        committed.clear();
        return blocks;
    }

    /// Reads blocks of the ledger.
    @FunctionalInterface
    interface Reading {
        /// Reads them.
        void read() throws IOException;
    }

    /// What may be done between blocks, and left undone.
    @FunctionalInterface
    private interface Upkeep {
        void of(EmbeddedEngine running) throws IOException;
    }

    private boolean keepUp(Upkeep upkeep) throws IOException {
        try {
            upkeep.of(engine.orElseThrow());
        } catch (Crash crash) {
            around.trace().add("crash");
            disk.powerOn();
            engine = Optional.empty();
            return false;
        } catch (DiskFault failure) {
            around.trace().add("failure");
        } catch (JournalException damaged) {
            requireNamed(damaged);
            around.trace().add("damaged");
        }
        disk.forgetDamages(
                disk.damages().stream().filter(damage -> Files.notExists(damage.file())).toList());
        return true;
    }

    /// After a failure the engine takes nothing more.
    private static void requireClosed(EmbeddedEngine failed) throws IOException {
        try {
            failed.submit(List.of());
        } catch (IllegalStateException closed) {
            return;
        }
        throw new Violation("the disk failed, and the engine goes on");
    }

    /// What is refused must be something about which the disk lied: the file, and nothing that lies
    /// wholly behind the damage.
    private void requireNamed(JournalException damaged) {
        boolean named =
                disk.damages().stream()
                        .anyMatch(damage ->
                                damage.file().equals(damaged.file())
                                        && damaged.offset() < damage.to());
        require(named, () -> "it refuses sound files: " + damaged.getMessage());
    }

    /// Whether the disk lied about every snapshot: at least two, since something was pruned.
    private boolean noneIsLeft() throws IOException {
        List<Path> snapshots = files.listSnapshots();
        return snapshots.size() >= 2
                && snapshots.stream().allMatch(snapshot -> !of(snapshot, disk.damages()).isEmpty());
    }

    /// Whether the one thing happened that a journal cannot tell from a torn end (`JO-10`): the
    /// disk lied about the record of the last block that was acknowledged, and this block alone is
    /// gone. Who asks knows the height, and sees it.
    private boolean lacksTheLastByALie(EmbeddedEngine opened, List<Block> acknowledged)
            throws IOException {
        int kept = acknowledged.size() - 1;
        return opened.height() == kept
                && (kept == 0
                        || opened.findLastBlock().equals(Optional.of(acknowledged.get(kept - 1))))
                && files.isLastAmong(disk.damages(), acknowledged);
    }

    private void restore(List<Block> acknowledged) throws IOException {
        files.restore(acknowledged);
        disk.powerOn();
        disk.forgetDamages(disk.damages());
    }

    private static List<Damage> of(Path place, List<Damage> damages) {
        return damages.stream().filter(damage -> damage.file().startsWith(place)).toList();
    }
}
