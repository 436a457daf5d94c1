package mitoyen.consensus.disk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/// The durable writes of the program: few, and each one a place where a machine may lose its power.
///
/// Reading needs no such door. [RealDisk] is the real one; the simulator has one that stops after
/// any chosen write, and tears it.
public interface Disk {
    /// The file beside another in which [#replace] gathers the new content. A crash may leave it;
    /// the next [#replace] of the same file starts it anew, and it may be deleted at any other
    /// time.
    static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }

    /// Opens a file for appending; creates it if it is absent.
    Appender append(Path file) throws IOException;

    /// Begins a new content for a file: it is gathered beside it, and takes its place when
    /// committed.
    Replacement replacement(Path file) throws IOException;

    /// Like [#replacement], for a file that only its owner may read (mode 0600).
    Replacement replacementPrivate(Path file) throws IOException;

    /// Like [#replacement], for a file that can be made anew from durable ones: it takes its place
    /// whole, but a machine that loses its power soon after may lose it.
    Replacement replacementUnsynced(Path file) throws IOException;

    /// Puts a whole new content in a file's place, or leaves the old one: writes beside it, syncs,
    /// renames, syncs the folder.
    default void replace(Path file, Content content) throws IOException {
        try (Replacement replacement = replacement(file)) {
            content.writeTo(replacement.out());
            replacement.commit();
        }
    }

    /// Like [#replace], for a file that only its owner may read (mode 0600).
    default void replacePrivate(Path file, Content content) throws IOException {
        try (Replacement replacement = replacementPrivate(file)) {
            content.writeTo(replacement.out());
            replacement.commit();
        }
    }

    /// Like [#replacePrivate], for a file that nobody may lose to another of the same name: of
    /// several who make it at once, one does.
    ///
    /// A disk of one process alone may look first and replace then.
    ///
    /// @throws FileAlreadyExistsException if something is there
    default void createPrivate(Path file, Content content) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        replacePrivate(file, content);
    }

    /// Like [#replacePrivate], for many files of one folder at once: a sync takes as long for one
    /// as for several that wait together. A crash may leave any of them done and any not.
    ///
    /// @param files what to write, by file
    default void replaceAllPrivate(SortedMap<Path, Content> files) throws IOException {
        for (Map.Entry<Path, Content> file : files.entrySet()) {
            replacePrivate(file.getKey(), file.getValue());
        }
    }

    /// Like [#replace], for a file that can be made anew from durable ones.
    default void replaceUnsynced(Path file, Content content) throws IOException {
        try (Replacement replacement = replacementUnsynced(file)) {
            content.writeTo(replacement.out());
            replacement.commit();
        }
    }

    /// Removes a file, if it is there.
    void delete(Path file) throws IOException;

    /// Writes a file of a folder that takes its place as a whole, by [#moveFolder], and can be made
    /// anew from durable files: a machine that loses its power soon after may lose it, or a part of
    /// it. On any thread.
    ///
    /// @param file one that is not there
    void writeUnsynced(Path file, byte[] content) throws IOException;

    /// Removes a folder and the files in it, if it is there. After a crash some of them may be.
    void deleteFolder(Path folder) throws IOException;

    /// Gives a folder another name, whose place is empty: nothing is there, or a folder with
    /// nothing in it.
    void moveFolder(Path from, Path to) throws IOException;

    /// Creates a folder and the folders above it; those that were not there are its owner's alone
    /// (mode 0700).
    void createDirectories(Path directory) throws IOException;

    /// Names a step that something else than this door makes durable, such as a database's commit,
    /// just before it is taken. The real disk does nothing here.
    void before(String step) throws IOException;

    /// The end of a file that only grows.
    interface Appender extends AutoCloseable {
        /// The length of the file [bytes].
        long size() throws IOException;

        /// Adds bytes at the end; durable only after [#sync()].
        void write(ByteBuffer bytes) throws IOException;

        /// Makes all that was written durable.
        void sync() throws IOException;

        /// Cuts the file to a length, to drop what a crash left half written.
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }

    /// A file's new content on its way.
    interface Replacement extends AutoCloseable {
        /// Where the content is written.
        OutputStream out();

        /// Syncs the content and puts it in the file's place.
        void commit() throws IOException;

        /// Drops the content unless it was committed.
        @Override
        void close() throws IOException;
    }

    /// What to write into a new file.
    @FunctionalInterface
    interface Content {
        /// Writes all of it.
        void writeTo(OutputStream out) throws IOException;
    }
}
