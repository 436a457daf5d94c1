package mitoyen.consensus.joining;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import mitoyen.consensus.disk.Disk;

/// Where a ledger comes to lie that begins from others' snapshot (`CE-16`), so that nothing half
/// done is ever taken for one: until the engine goes on from it, a mark says that all of it is to
/// be begun anew.
///
/// @param ledger where the journal will be
/// @param snapshots where its snapshot will be
/// @param parts where both are gathered, and where the mark is
public record JoinFolder(Path ledger, Path snapshots, Path parts) {
    /// Whether a joining was begun here and not finished.
    public boolean isUnfinished() {
        return Files.exists(mark());
    }

    /// Sets the mark, and removes what an earlier attempt left.
    public void begin(Disk disk) throws IOException {
        disk.createDirectories(parts);
        disk.replace(mark(), _ -> {});
        clear(disk, ledger);
        clear(disk, snapshots);
        clearParts(disk);
    }

    /// Takes the mark away: the engine goes on from what is there.
    public void finish(Disk disk) throws IOException {
        disk.delete(mark());
    }

    /// Removes what was gathered.
    void clearParts(Disk disk) throws IOException {
        clear(disk, newLedger());
        clear(disk, newSnapshots());
    }

    /// Puts what was gathered, and found to hold, in its place.
    void moveIntoPlace(Disk disk) throws IOException {
        disk.moveFolder(newLedger(), ledger);
        disk.moveFolder(newSnapshots(), snapshots);
    }

    Path newLedger() {
        return parts.resolve("ledger");
    }

    Path newSnapshots() {
        return parts.resolve("snapshots");
    }

    private Path mark() {
        return parts.resolve("unfinished");
    }

    /// Removes all files in a folder, and in the folders in it; no link is followed.
    ///
    /// @param folder may not be there
    public static void clear(Disk disk, Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    clear(disk, file);
                } else {
                    disk.delete(file);
                }
            }
        }
    }
}
