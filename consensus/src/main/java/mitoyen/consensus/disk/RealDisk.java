package mitoyen.consensus.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The disk of the machine. Every call that creates, renames or removes syncs the folder as well,
/// since a file's name is kept apart from its content.
public final class RealDisk implements Disk {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int BUFFER_BYTES = 1 << 13;

    private static final Set<StandardOpenOption> CREATION = Set.of(CREATE_NEW, WRITE);
    private static final int SYNCS_AT_ONCE = 16;

    @Override
    public Appender append(Path file) throws IOException {
        boolean absent = Files.notExists(file);
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        try {
            channel.position(channel.size());
            if (absent) {
                syncFolderOf(file);
            }
            return new RealAppender(file, channel);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        return new RealReplacement(file, true);
    }

    @Override
    public Replacement replacementUnsynced(Path file) throws IOException {
        return new RealReplacement(file, false);
    }

    /// On a file system without POSIX permissions, the folder's own rules hold.
    @Override
    public Replacement replacementPrivate(Path file) throws IOException {
        return new RealReplacement(file, true, ownerOnly("rw-------"));
    }

    /// Each gathers the content in a file of its own. A link is made where nothing is, and by one
    /// only; on a file system that has none, such as a stick's, a move that looks first has to do.
    @Override
    public void createPrivate(Path file, Content content) throws IOException {
        Path own = gather(file, content);
        try {
            Files.createLink(file, own);
        } catch (FileAlreadyExistsException there) {
            throw new FileAlreadyExistsException(file.toString());
        } catch (FileSystemException | UnsupportedOperationException noLinks) {
            Files.move(own, file);
        } finally {
            Files.deleteIfExists(own);
        }
        syncFolderOf(file);
    }

    @Override
    public void replaceAllPrivate(SortedMap<Path, Content> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(SYNCS_AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            files.forEach((file, content) ->
                    all.add(
                            threads.submit(() -> {
                                putInPlacePrivate(file, content);
                                return null;
                            })));
            for (Future<?> one : all) {
                await(one);
            }
        }
        syncFolderOf(files.firstKey());
    }

    @Override
    public void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolderOf(file);
        }
    }

    @Override
    public void writeUnsynced(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATION)) {
            ContentOutput.writeAll(file, channel, ByteBuffer.wrap(content));
        }
    }

    @Override
    public void deleteFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    @Override
    public void moveFolder(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolderOf(to);
        if (!Objects.equals(from.toAbsolutePath().getParent(), to.toAbsolutePath().getParent())) {
            syncFolderOf(from);
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        List<Path> missing = new ArrayList<>();
        Path path = directory.toAbsolutePath();
        while (path != null && Files.notExists(path)) {
            missing.add(path);
            path = path.getParent();
        }
        Files.createDirectories(directory, ownerOnly("rwx------"));
        for (Path created : missing.reversed()) {
            syncFolderOf(created);
        }
    }

    @Override
    public void before(String step) {}

    /// A content, synced, in a file beside the one that it is for, under a name that nobody has.
    private static Path gather(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        Path own =
                Files.createTempFile(
                        folder, "." + file.getFileName() + ".", ".new", ownerOnly("rw-------"));
        try (FileChannel channel = FileChannel.open(own, WRITE)) {
            content.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
            return own;
        } catch (IOException | RuntimeException | Error failure) {
            Files.deleteIfExists(own);
            throw failure;
        }
    }

    /// The file's new content, synced and renamed; its folder is not synced yet.
    private static void putInPlacePrivate(Path file, Content content) throws IOException {
        try (RealReplacement replacement =
                new RealReplacement(file, true, ownerOnly("rw-------"))) {
            content.writeTo(replacement.out());
            replacement.putInPlace();
        }
    }

    private static void await(Future<?> task) throws IOException {
        try {
            task.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException unwritable) {
                throw unwritable;
            }
            throw new IllegalStateException(failure);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String mode) {
        if (!POSIX) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        };
    }

    /// Elsewhere than on POSIX a folder cannot be opened, nor need it be.
    private static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (POSIX && folder != null) {
            try (FileChannel channel = FileChannel.open(folder, READ)) {
                channel.force(true);
            }
        }
    }

    private static final class RealReplacement implements Replacement {
        private final Path file;
        private final boolean synced;
        private final Path temporary;
        private final FileChannel channel;
        private final ContentOutput content;
        private final OutputStream out;
        private boolean inPlace;

        private RealReplacement(Path file, boolean synced, FileAttribute<?>... attributes)
                throws IOException {
            this.file = file;
            this.synced = synced;
            this.temporary = Disk.temporary(file);
            this.channel = create(temporary, attributes);
            this.content = new ContentOutput(temporary, channel);
            this.out = new BufferedOutputStream(content, BUFFER_BYTES);
        }

        /// In the way is at most what a crash left: only then is there something to remove. What is
        /// missing is the folder; nobody asked for the file of this name.
        private static FileChannel create(Path temporary, FileAttribute<?>... attributes)
                throws IOException {
            try {
                return FileChannel.open(temporary, CREATION, attributes);
            } catch (NoSuchFileException _) {
                throw new NoSuchFileException(String.valueOf(temporary.getParent()));
            } catch (FileAlreadyExistsException _) {
                Files.delete(temporary);
                return FileChannel.open(temporary, CREATION, attributes);
            }
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public void commit() throws IOException {
            putInPlace();
            if (synced) {
                syncFolderOf(file);
            }
        }

        private void putInPlace() throws IOException {
            out.flush();
            if (synced) {
                channel.force(true);
            }
            content.close();
            channel.close();
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            inPlace = true;
        }

        @Override
        public void close() throws IOException {
            content.close();
            channel.close();
            if (!inPlace) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private record RealAppender(Path file, FileChannel channel) implements Appender {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            ContentOutput.writeAll(file, channel, bytes);
        }

        @Override
        public void sync() throws IOException {
            channel.force(true);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.position(channel.size());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
