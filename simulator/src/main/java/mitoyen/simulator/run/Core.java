package mitoyen.simulator.run;

import static mitoyen.simulator.run.Records.require;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.journal.JournalException;
import mitoyen.simulator.faults.Crash;
import mitoyen.simulator.faults.Damage;
import mitoyen.simulator.faults.DiskFault;
import mitoyen.simulator.faults.DiskOdds;
import mitoyen.simulator.faults.UnreliableDisk;
import mitoyen.simulator.files.Folders;

/// The core of a node: engine, journal and ledger, of which only what lies on the disk outlives a
/// crash.
final class Core implements AutoCloseable {
    /// So small that segments follow each other soon [bytes].
    static final long SEGMENT_BYTES = 20_000;

    private static final int ATTEMPTS_BEFORE_ROOM = 2;

    private final Surroundings around;
    private final byte[] genesis;
    private final Supplier<ExecutedLedger> beginning;
    private final FileSystem files;
    private final Path folder;
    private final UnreliableDisk disk;
    private final List<Block> committed = new ArrayList<>();
    private ExecutedLedger ledger;
    private Optional<EmbeddedEngine> engine = Optional.empty();

    /// A core on an empty disk, not started yet.
    ///
    /// @param beginning gives a ledger in the state of the genesis
    Core(Surroundings around, byte[] genesis, Supplier<ExecutedLedger> beginning) {
        this.around = around;
        this.genesis = genesis.clone();
        this.beginning = beginning;
        this.files = Jimfs.newFileSystem(Configuration.unix());
        this.folder = files.getPath("/ledger");
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

    /// The files of the ledger that have come to be.
    List<Path> listFiles() throws IOException {
        return list(folder).stream()
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .toList();
    }

    /// Starts the core, as often as it takes. Where the disk lied the core must refuse to start,
    /// and is given its files anew.
    ///
    /// @param acknowledged from which the files are written anew
    /// @return the blocks that it found, each executed
    /// @throws Violation if it refuses although the disk kept what it said it had
    List<Block> start(List<Block> acknowledged) throws IOException {
        for (int attempt = 1; engine.isEmpty(); attempt++) {
            if (attempt > ATTEMPTS_BEFORE_ROOM) {
                disk.makeRoom();
            }
            ledger = beginning.get();
            committed.clear();
            List<Damage> damages = disk.damages();
            try {
                EmbeddedEngine opened = open(disk, folder);
                if (lacksTheLastByALie(acknowledged, damages)) {
                    around.trace().add("shortened");
                    opened.close();
                    restore(acknowledged);
                } else {
                    engine = Optional.of(opened);
                    // Every byte was read and found sound: what was damaged was cut off again.
                    disk.forgetDamages(damages);
                }
            } catch (Crash crash) {
                around.trace().add("crash");
                disk.powerOn();
            } catch (DiskFault failure) {
                around.trace().add("failure");
            } catch (JournalException damaged) {
                require(isNamed(damaged), "it refuses sound files: " + damaged.getMessage());
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
            require(takeCommitted().equals(blocks), "committed is not what was acknowledged");
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

    /// The height of the last block.
    long height() {
        return engine.orElseThrow().height();
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

    /// Holds the files against those of the same blocks written without an interruption (`JO-9`).
    void compareFiles(List<Block> blocks) throws IOException {
        Path copy = files.getPath("/copy");
        write(blocks, copy);
        List<String> names = names(folder);
        require(names.equals(names(copy)), "the files are " + names + ", not " + names(copy));
        for (String name : names) {
            require(
                    Arrays.equals(
                            Files.readAllBytes(folder.resolve(name)),
                            Files.readAllBytes(copy.resolve(name))),
                    name + " has other bytes than where nothing was interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private EmbeddedEngine open(Disk on, Path where) throws IOException {
        return EmbeddedEngine.open(on, where, genesis, ledger, committed::add, SEGMENT_BYTES);
    }

    private List<Block> takeCommitted() {
        List<Block> blocks = List.copyOf(committed);
        committed.clear();
        return blocks;
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

    /// Whether what is refused is something about which the disk lied: the file, and nothing that
    /// lies wholly behind the damage.
    private boolean isNamed(JournalException damaged) {
        return disk.damages().stream()
                .anyMatch(damage ->
                        damage.file().equals(damaged.file()) && damaged.offset() < damage.to());
    }

    /// Whether the one thing happened that a journal cannot tell from a torn end (`JO-10`): the
    /// disk lied about the record of the last block that was acknowledged, and this block alone is
    /// gone. Who asks knows the height, and sees it.
    private boolean lacksTheLastByALie(List<Block> acknowledged, List<Damage> damages)
            throws IOException {
        int kept = acknowledged.size() - 1;
        if (committed.size() != kept || !committed.equals(acknowledged.subList(0, kept))) {
            return false;
        }
        Path copy = files.getPath("/acknowledged");
        write(acknowledged, copy);
        Path last = list(copy).getLast();
        long end = Files.size(last);
        long begin = end - recordBytes(acknowledged.getLast());
        Folders.delete(copy);
        return damages.stream()
                .anyMatch(damage ->
                        damage.file().equals(folder.resolve(last.getFileName()))
                                && damage.from() < end
                                && damage.to() > begin);
    }

    /// How much a block takes in a segment [bytes] (`JO-7`).
    private static long recordBytes(Block block) {
        long bytes = 12 + Block.HEADER_BYTES + 4;
        for (byte[] bundle : block.bundles()) {
            bytes += 4 + bundle.length;
        }
        return bytes;
    }

    private void restore(List<Block> acknowledged) throws IOException {
        for (Path file : list(folder)) {
            Files.delete(file);
        }
        write(acknowledged, folder);
        disk.powerOn();
        disk.forgetDamages(disk.damages());
    }

    /// Writes the files of these blocks with a disk that is sound.
    private void write(List<Block> blocks, Path where) throws IOException {
        Disk sound = new UnreliableDisk(around.chance(), DiskOdds.SOUND, (_, _) -> {});
        try (Journal journal = Journal.open(sound, where, genesis, SEGMENT_BYTES)) {
            for (Block block : blocks) {
                journal.append(block);
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        return list(folder).stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(files::add);
        }
        return files.stream().sorted().toList();
    }
}
