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
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;
import mitoyen.simulator.faults.Damage;
import mitoyen.simulator.faults.DiskOdds;
import mitoyen.simulator.faults.UnreliableDisk;
import mitoyen.simulator.files.Folders;
import mitoyen.simulator.model.Chance;

/// Where a ledger's files lie, and what they would be had nothing ever gone wrong.
final class LedgerFiles implements AutoCloseable {
    /// So small that segments follow each other soon [bytes].
    static final long SEGMENT_BYTES = 20_000;

    private static final String SEGMENT = "blocks-";

    private final byte[] genesis;
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final Path journal = files.getPath("/ledger");
    private final Path snapshots = files.getPath("/snapshots");
    private final Path copy = files.getPath("/copy");

    LedgerFiles(byte[] genesis) {
        this.genesis = genesis.clone();
    }

    /// The folder of the journal.
    Path journal() {
        return journal;
    }

    /// The folder of the snapshots.
    Path snapshots() {
        return snapshots;
    }

    /// All files that have come to be.
    List<Path> list() throws IOException {
        List<Path> all = new ArrayList<>(list(journal));
        all.addAll(listSnapshots());
        return all.stream().filter(file -> !name(file).startsWith(".")).toList();
    }

    /// The snapshots, the oldest first.
    List<Path> listSnapshots() throws IOException {
        return list(snapshots).stream().filter(file -> !name(file).startsWith(".")).toList();
    }

    /// Writes all blocks anew, as someone does who had them elsewhere; there are no snapshots then.
    void restore(List<Block> blocks) throws IOException {
        Folders.delete(journal);
        Folders.delete(snapshots);
        write(blocks, journal, 1);
    }

    /// Whether one of these damages is in the record of the last block.
    ///
    /// @param blocks all there should be, at least one
    boolean isLastAmong(List<Damage> damages, List<Block> blocks) throws IOException {
        write(blocks, copy, 1);
        Path last = list(copy).stream().filter(LedgerFiles::isSegment).toList().getLast();
        long end = Files.size(last);
        long begin = end - recordBytes(blocks.getLast());
        return damages.stream()
                .anyMatch(damage ->
                        damage.file().equals(journal.resolve(name(last)))
                                && damage.from() < end
                                && damage.to() > begin);
    }

    /// Holds the journal's files against those of the same blocks written, and pruned, without an
    /// interruption (`JO-9`, `JO-20`).
    ///
    /// @throws Violation if they differ
    void compare(List<Block> blocks) throws IOException {
        List<Path> found = list(journal);
        write(blocks, copy, firstHeight(found));
        List<String> names = found.stream().map(LedgerFiles::name).toList();
        List<String> expected = list(copy).stream().map(LedgerFiles::name).toList();
        require(names.equals(expected), () -> "the files are " + names + ", not " + expected);
        for (Path file : found) {
            require(
                    Arrays.equals(
                            Files.readAllBytes(file), Files.readAllBytes(copy.resolve(name(file)))),
                    () -> name(file) + " has other bytes than where nothing was interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /// Writes the files of these blocks with a disk that is sound.
    private void write(List<Block> blocks, Path folder, long firstHeight) throws IOException {
        Folders.delete(folder);
        Disk sound = new UnreliableDisk(Chance.of(0), DiskOdds.SOUND, (_, _) -> {});
        try (Journal written = Journal.open(sound, folder, genesis, SEGMENT_BYTES)) {
            for (Block block : blocks) {
                written.append(block);
            }
            written.prune(firstHeight, () -> true);
        }
    }

    /// The height of the first block that is kept.
    private static long firstHeight(List<Path> files) {
        return files.stream()
                .filter(LedgerFiles::isSegment)
                .mapToLong(file -> Long.parseLong(name(file).replaceAll("\\D", "")))
                .min()
                .orElse(1);
    }

    /// How much a block takes in a segment [bytes] (`JO-7`).
    private static long recordBytes(Block block) {
        long bytes = 12 + Block.HEADER_BYTES + 4;
        for (byte[] bundle : block.bundles()) {
            bytes += 4 + bundle.length;
        }
        return bytes;
    }

    private static boolean isSegment(Path file) {
        return name(file).startsWith(SEGMENT);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                found.forEach(all::add);
            }
        }
        return all.stream().sorted().toList();
    }
}
