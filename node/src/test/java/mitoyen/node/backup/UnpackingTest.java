package mitoyen.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.RealDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup that somebody made who knows the passphrase and means harm (`JO-36`, `JO-37`).
class UnpackingTest {
    private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);

    @TempDir private Path home;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "ledger/../../evil",
                "ledger/..",
                "ledger/./evil",
                "ledger//evil",
                "/ledger/evil",
                "ledger",
                "ledger/",
                "ledger/a\\b",
                "C:/ledger/evil",
                "ledger/c:evil",
                "keys/a\nb",
                "keys/a\u0000b",
                "statements/evil.html",
                "evil"
            })
    void anEntryThatLeadsElsewhereIsRefused(String name) throws IOException { // JO-37
        Path inside = Files.createDirectories(home.resolve("inside"));
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, name, "evil");
        }
        assertThatThrownBy(() -> unpack(inside))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("an entry that no backup has")
                .hasMessageNotContaining("\n");
        try (var left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatIsNotAsTheManifestSaysIsRefused() throws IOException { // JO-36
        assertRefused("holds ledger/a twice", "ledger/a", "1", "ledger/b", "1", "ledger/a", "1");
        assertRefused("has no manifest", "ledger/a", "1");
        assertRefused("manifest that cannot be read", "manifest.json", "{\"version\": 1}");
        assertRefused("manifest that cannot be read", "manifest.json", "[");
        assertRefused("unknown manifest", "manifest.json", "{\"version\": 2}");
        assertRefused("lacks", "ledger/a", "1", "manifest.json", manifest(""));
        String one = "\"ledger/a\": {\"bytes\": %d, \"sha256\": \"%s\"}";
        String sound = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
        String longer = manifest(one.formatted(2, sound));
        assertRefused("ledger/a in it is not", "ledger/a", "1", "manifest.json", longer);
        String other = manifest(one.formatted(1, HASH));
        assertRefused("ledger/a in it is not", "ledger/a", "1", "manifest.json", other);
        String good = manifest(one.formatted(1, sound));
        assertRefused("ledger/a in it is not", "ledger/b", "1", "manifest.json", good);
        assertRefused("goes on", "ledger/a", "1", "manifest.json", good, "ledger/b", "1");
        write("ledger/a", "1", "manifest.json", good);
        Path inside = home.resolve("good");
        assertThat(unpack(inside).height()).isEqualTo(3);
        assertThat(inside.resolve("ledger/a")).hasContent("1");
    }

    @Test
    void whatIsNoZipFileIsRefused() {
        bytes.writeBytes(
                "PK\3\4 and then nothing of the kind at all".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> unpack(home.resolve("inside"))).isInstanceOf(IOException.class);
    }

    private static String manifest(String files) {
        return "{\"version\": 1, \"height\": 3, \"block\": \"%s\", \"files\": {%s}}"
                .formatted(HASH, files);
    }

    private void assertRefused(String wrong, String... entries) throws IOException {
        write(entries);
        Path inside = Files.createTempDirectory(home, "refused");
        assertThatThrownBy(() -> unpack(inside))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(wrong);
    }

    /// Names and contents by turns; a name that comes a second time is put in by force.
    private void write(String... entries) throws IOException {
        bytes.reset();
        ZipOutputStream zip = new ZipOutputStream(bytes);
        for (int i = 0; i < entries.length; i += 2) {
            boolean again = i > 0 && entries[i].equals(entries[0]);
            entry(zip, again ? "ledger/X" : entries[i], entries[i + 1]);
        }
        zip.close();
        byte[] forced =
                bytes.toString(StandardCharsets.ISO_8859_1)
                        .replace("ledger/X", entries[0])
                        .getBytes(StandardCharsets.ISO_8859_1);
        bytes.reset();
        bytes.writeBytes(forced);
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private Manifest unpack(Path folder) throws IOException {
        return new Unpacking(Path.of("backup.mitoyen"), folder, new RealDisk())
                .unpack(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
