package mitoyen.node.page;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// How the ledger and the summary of a folder lie on disk, without reading them: two that are equal
/// are of the same settlements.
///
/// @param files size and time of each file, by name
record FolderStamp(SortedMap<String, Mark> files) {
    FolderStamp {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The stamp of now; an empty one where nothing is settled.
    static FolderStamp of(Path folder) throws IOException {
        SortedMap<String, Mark> files = new TreeMap<>();
        try (DirectoryStream<Path> ledger = Files.newDirectoryStream(folder.resolve("ledger"))) {
            for (Path file : ledger) {
                mark(file, files);
            }
        } catch (NoSuchFileException nothingYet) {
            return new FolderStamp(files);
        }
        mark(folder.resolve("summary.json"), files);
        return new FolderStamp(files);
    }

    private static void mark(Path file, SortedMap<String, Mark> files) throws IOException {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            files.put(
                    file.getFileName().toString(), new Mark(seen.size(), seen.lastModifiedTime()));
        } catch (NoSuchFileException notThere) {
            files.remove(file.getFileName().toString());
        }
    }

    /// Size [bytes] and time of the last change of a file.
    record Mark(long size, FileTime changed) {}
}
