package mitoyen.node.backup;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.FolderLock;
import org.jspecify.annotations.Nullable;

/// A hidden folder beside what is to come of it, `.NAME` and a suffix, and a lock in it while
/// somebody works there: so one that a killed run left is told from that of a run that lives.
final class Workplace implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path folder;
    private final List<Path> above;
    private final FolderLock lock;

    private Workplace(Path folder, List<Path> above, FolderLock lock) {
        this.folder = folder;
        this.above = above;
        this.lock = lock;
    }

    /// Takes the one of a place. First all are removed that killed runs left in the same folder,
    /// whatever they were to become, each with the file that was gathered beside it.
    ///
    /// @param place what is to come of it
    /// @throws BackupException if another run works on the same
    static Workplace take(Path place, String suffix, Disk disk) throws IOException {
        Path whole = place.toAbsolutePath();
        Path folder = whole.resolveSibling("." + whole.getFileName() + suffix);
        List<Path> above = missingAbove(folder);
        if (above.isEmpty()) {
            sweep(folder.resolveSibling(""), suffix, disk);
        }
        try {
            Workplace taken = new Workplace(folder, above, FolderLock.take(folder, disk));
            taken.clear();
            return taken;
        } catch (Refused living) {
            throw new BackupException(
                    place, "is being written by another run; wait until it is done");
        }
    }

    /// Where work is done.
    Path folder() {
        return folder;
    }

    /// Removes it, unless it took its place, and the folders that were made above it, unless
    /// something else is in them by now.
    @Override
    public void close() throws IOException {
        try (lock) {
            remove(folder);
        }
        removeEmpty(above);
    }

    /// The folders above one that are not there, the deepest first.
    private static List<Path> missingAbove(Path folder) {
        List<Path> missing = new ArrayList<>();
        Path path = folder.getParent();
        while (path != null && Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            missing.add(path);
            path = path.getParent();
        }
        return missing;
    }

    private static void sweep(Path parent, String suffix, Disk disk) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, ".?*" + suffix)) {
            for (Path left : all) {
                if (Files.isRegularFile(left.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)) {
                    String name = String.valueOf(left.getFileName());
                    String place = name.substring(1, name.length() - suffix.length());
                    removeUnlessLiving(left, parent.resolve(place), disk);
                }
            }
        }
    }

    private static void removeUnlessLiving(Path left, Path place, Disk disk) throws IOException {
        try (FolderLock _ = FolderLock.take(left, disk)) {
            disk.delete(Disk.temporary(place));
            remove(left);
        } catch (Refused living) {
            // Its run will see to it.
        }
    }

    private void clear() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                if (!each.endsWith(LOCK)) {
                    remove(each);
                }
            }
        }
    }

    private static void removeEmpty(List<Path> folders) throws IOException {
        try {
            for (Path each : folders) {
                Files.deleteIfExists(each);
            }
        } catch (DirectoryNotEmptyException used) {
            // What was to be made is in it, or somebody else's.
        }
    }

    /// Removes a file, or a folder and all in it; no link is followed.
    private static void remove(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path left, @Nullable IOException failure) throws IOException {
                        if (failure != null) {
                            throw failure;
                        }
                        Files.delete(left);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
