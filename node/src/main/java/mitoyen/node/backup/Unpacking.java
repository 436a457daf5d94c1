package mitoyen.node.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;

/// The entries of a backup on their way into a folder, each compared with the manifest at the end.
final class Unpacking {
    /// Where entries may go.
    private static final List<String> PARTS = List.of("ledger", "snapshots", "vault", "keys");

    private static final int BUFFER_BYTES = 1 << 16;

    /// 100,000 members and as many segments have room in it.
    private static final int MANIFEST_BYTES = 1 << 26;

    private final Path backup;
    private final Path folder;
    private final Disk disk;
    private final SortedMap<String, Manifest.Entry> found = new TreeMap<>();

    /// @param folder where entries are written
    Unpacking(Path backup, Path folder, Disk disk) {
        this.backup = backup;
        this.folder = folder;
        this.disk = disk;
    }

    /// Writes every entry.
    ///
    /// @param sealed the content of the backup, which is read to its end
    /// @return what the backup said of itself
    Manifest unpack(InputStream sealed) throws IOException {
        Optional<Manifest> manifest = Optional.empty();
        try {
            ZipInputStream zip = new ZipInputStream(sealed);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (manifest.isPresent()) {
                    throw new BackupException(backup, "goes on after its manifest");
                }
                if (entry.getName().equals(Manifest.NAME)) {
                    byte[] bytes = zip.readNBytes(MANIFEST_BYTES);
                    manifest = Optional.of(Manifest.decode(backup, bytes));
                } else {
                    write(entry.getName(), zip);
                }
            }
            sealed.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException malformed) {
            throw new BackupException(backup, "is no backup inside: " + malformed.getMessage());
        }
        if (manifest.isEmpty()) {
            throw new BackupException(backup, "has no manifest");
        }
        compare(manifest.get());
        return manifest.get();
    }

    private void write(String name, InputStream content) throws IOException {
        Path file = resolve(name);
        if (found.containsKey(name)) {
            throw new BackupException(backup, "holds " + printable(name) + " twice");
        }
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException("a file of a folder lies in one");
        }
        disk.createDirectories(parent);
        MessageDigest digest = Packing.newSha256();
        long[] bytes = {0};
        disk.replacePrivate(
                file,
                out -> {
                    byte[] buffer = new byte[BUFFER_BYTES];
                    int read = content.read(buffer);
                    while (read >= 0) {
                        digest.update(buffer, 0, read);
                        out.write(buffer, 0, read);
                        bytes[0] += read;
                        read = content.read(buffer);
                    }
                });
        found.put(name, new Manifest.Entry(bytes[0], Hash.of(digest.digest())));
    }

    /// Where an entry goes: below one of the parts, by plain names.
    private Path resolve(String name) throws BackupException {
        List<String> names = List.of(name.split("/", -1));
        boolean plain =
                names.size() > 1
                        && PARTS.contains(names.getFirst())
                        && names.stream().allMatch(Unpacking::isPlain);
        if (plain) {
            try {
                Path file = folder.resolve(name).normalize();
                if (file.startsWith(folder.normalize())) {
                    return file;
                }
            } catch (InvalidPathException elsewhere) {
                throw refused(name);
            }
        }
        throw refused(name);
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.codePoints()
                        .noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c));
    }

    private BackupException refused(String name) {
        return new BackupException(backup, "holds an entry that no backup has: " + printable(name));
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private void compare(Manifest manifest) throws BackupException {
        for (var entry : manifest.entries().entrySet()) {
            if (!entry.getValue().equals(found.get(entry.getKey()))) {
                throw new BackupException(
                        backup, printable(entry.getKey()) + " in it is not as its manifest says");
            }
        }
        if (found.size() > manifest.entries().size()) {
            throw new BackupException(backup, "holds an entry that its manifest lacks");
        }
    }
}
