package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.HeightName;

/// The folder of a ledger's snapshots: which files in it are some, by their names (`JO-23`). It may
/// not be there yet. For any thread.
///
/// @param path where it is
public record SnapshotFolder(Path path) {
    private static final Pattern NAME = Pattern.compile("snapshot-(\\d{8,18})\\.snapshot");
    private static final Pattern LEFTOVER = Pattern.compile("\\." + NAME + "\\.new");

    /// The heights of the snapshots that are there, good or not, rising.
    public List<Long> listHeights() throws IOException {
        return list().stream()
                .map(SnapshotFolder::height)
                .filter(each -> each > 0)
                .sorted()
                .toList();
    }

    /// Where the snapshot of a height is, or would be.
    public Path file(long ofHeight) {
        return path.resolve(name(ofHeight));
    }

    /// Whether the snapshot of a height is whole: of this ledger and height, and every byte of it
    /// is as its hashes say (`JO-25`).
    ///
    /// @throws IOException if it is not there or cannot be read
    public boolean isWhole(long ofHeight, Hash genesisHash) throws IOException {
        try {
            SnapshotFile file = SnapshotFile.open(file(ofHeight));
            file.checkHashes();
            return file.header().genesisHash().equals(genesisHash)
                    && file.header().block().height() == ofHeight;
        } catch (SnapshotException damaged) {
            return false;
        }
    }

    /// The snapshot of a height, every byte of it compared with its hash, in the form that is
    /// written now: to be given to others, or taken from others.
    ///
    /// @throws SnapshotException if it is not whole, of another ledger or height, or of the first
    ///   format
    /// @throws IOException if it is not there or cannot be read
    public WholeSnapshot openWhole(long ofHeight, Hash genesisHash) throws IOException {
        return openWhole(ofHeight, genesisHash, Arena.ofAuto());
    }

    /// The same for a while: when the arena is closed nothing of it can be read any more, and a
    /// file that was removed gives up its place on the disk.
    ///
    /// @throws SnapshotException as above
    public WholeSnapshot openWhole(long ofHeight, Hash genesisHash, Arena arena)
            throws IOException {
        return WholeSnapshot.open(file(ofHeight), ofHeight, genesisHash, arena);
    }

    /// What a crash left of snapshots that were being taken.
    List<Path> listLeftovers() throws IOException {
        return list().stream()
                .filter(file -> LEFTOVER.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    /// The height that a file's name tells, or 0 if it is not a snapshot's as [#file] gives it.
    static long height(Path file) {
        String name = file.getFileName().toString();
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return 0;
        }
        long height = Long.parseLong(matcher.group(1));
        return name(height).equals(name) ? height : 0;
    }

    private static String name(long height) {
        return HeightName.of("snapshot-", height, ".snapshot");
    }

    private List<Path> list() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
                all.forEach(files::add);
            }
        }
        return files;
    }
}
