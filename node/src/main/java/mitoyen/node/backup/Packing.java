package mitoyen.node.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mitoyen.consensus.Hash;

/// The entries of a backup on their way into it.
final class Packing {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ZipOutputStream zip;
    private final SortedMap<String, Manifest.Entry> entries = new TreeMap<>();

    Packing(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    /// Adds the beginning of a file.
    ///
    /// @param bytes how much of it [bytes]
    /// @throws BackupException if it has less
    void add(String name, Path file, long bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            add(name, file, in, bytes);
        }
    }

    /// The same of a file that is open; it is not closed.
    void add(String name, Path file, InputStream in, long bytes) throws IOException {
        zip.putNextEntry(entry(name));
        MessageDigest digest = newSha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new BackupException(file, "became shorter while it was read; try again");
            }
            digest.update(buffer, 0, read);
            zip.write(buffer, 0, read);
            left -= read;
        }
        zip.closeEntry();
        entries.put(name, new Manifest.Entry(bytes, Hash.of(digest.digest())));
    }

    /// Adds the manifest and ends.
    void finish(long height, Hash lastHash) throws IOException {
        zip.putNextEntry(entry(Manifest.NAME));
        zip.write(new Manifest(height, lastHash, entries).encode());
        zip.closeEntry();
        zip.finish();
    }

    /// Without the time of day: it says nothing.
    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
