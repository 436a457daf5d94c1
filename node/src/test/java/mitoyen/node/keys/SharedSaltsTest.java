package mitoyen.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedSaltsTest {
    private static final Passphrase PASSPHRASE = new Passphrase("café du coin");
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final Disk DISK = new RealDisk();
    private static final byte[] FOUNDED = "the community".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;

    @Test
    void aSealedFileHasWhatWasPutIntoItAndShowsNothingOfIt() throws IOException {
        SharedSalts salts = fresh("ana", "bea");
        Path file = folder.resolve("lilas.settlers");
        salts.create(file, Optional.of(PASSPHRASE), CHANCE, DISK);

        SharedSalts.Sealed read = SharedSalts.read(file);
        assertThat(read.isSealed()).isTrue();
        assertThat(read.name()).isEqualTo("lilas");
        assertSame(read.open(PASSPHRASE), salts);
        assertThat(Files.readString(file))
                .startsWith("mitoyen settlers 1\ncommunity lilas\nsealed argon2id ")
                .doesNotContain(salts.salt().toHex(), hex("ana"), hex("the community"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> read.open(new Passphrase("cafe du coin")))
                .hasMessageContaining("the passphrase is wrong");
        assertThatThrownBy(() -> salts.create(file, Optional.empty(), CHANCE, DISK))
                .hasMessageContaining("exists already");
    }

    @Test
    void aBareFileOfManyMembersOpensWithoutAPassphrase() throws IOException {
        SharedSalts salts =
                fresh(IntStream.range(0, 5_000).mapToObj(i -> "m" + i).toArray(String[]::new));
        Path file = folder.resolve("bare");
        salts.create(file, Optional.empty(), CHANCE, DISK);
        assertThat(SharedSalts.read(file).isSealed()).isFalse();
        assertSame(SharedSalts.read(file).open(), salts);
    }

    @Test
    void whoCameSinceGetsASaltAndTheOthersKeepTheirs() {
        SharedSalts before = fresh("ana", "bea");
        SharedSalts after = before.with(List.of("bea", "cyr"), CHANCE);
        assertThat(after.members().keySet()).containsExactly("ana", "bea", "cyr");
        assertThat(after.members()).containsAllEntriesOf(before.members());
        assertThat(after.salt()).isEqualTo(before.salt());
    }

    @ParameterizedTest
    @CsvSource({
        "community lilas, community roses, the passphrase is wrong",
        "community lilas, community Lilas, :2: not a settlers' file's line",
        "mitoyen settlers 1, mitoyen settlers 2, not a settlers' file",
        "aes-256-gcm, aes-256-gcn, :3: not a settlers' file's line",
        "m=65536, m=9999999, beyond any limit"
    })
    void aChangedFileIsRefusedWithWhatIsWrong(String part, String other, String word)
            throws IOException {
        Path file = folder.resolve("lilas.settlers");
        fresh("ana").create(file, Optional.of(PASSPHRASE), CHANCE, DISK);
        Files.writeString(file, Files.readString(file).replace(part, other));
        assertThatThrownBy(() -> SharedSalts.read(file).open(PASSPHRASE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(word);
    }

    /// Each settler has the same salts, and keys of his vault that nobody else has.
    @Test
    void adoptedKeysShareSaltsAndNothingElse() throws IOException {
        SharedSalts salts = fresh("ana", "bea");
        Keys one = Keys.adopt(folder.resolve("1"), salts.salt(), salts.members(), DISK, CHANCE);
        Keys other = Keys.adopt(folder.resolve("2"), salts.salt(), salts.members(), DISK, CHANCE);
        assertThat(one.community().salt()).isEqualTo(other.community().salt());
        assertThat(one.community().vault()).isNotEqualTo(other.community().vault());
        assertThat(one.community().signing()).isNotEqualTo(other.community().signing());
        assertThat(one.getMember("ana").pseudonymHex())
                .isEqualTo(other.getMember("ana").pseudonymHex());
        assertThat(one.getMember("ana").vault()).isNotEqualTo(other.getMember("ana").vault());
    }

    @Test
    void adoptingAgainAddsWhoIsNewAndRefusesOtherSalts() throws IOException {
        SharedSalts salts = fresh("ana");
        Keys first = Keys.adopt(folder, salts.salt(), salts.members(), DISK, CHANCE);
        SharedSalts more = salts.with(List.of("bea"), CHANCE);
        Keys second = Keys.adopt(folder, more.salt(), more.members(), DISK, CHANCE);
        assertThat(second.getMember("ana").vault()).isEqualTo(first.getMember("ana").vault());
        assertThat(second.members().keySet()).containsExactly("ana", "bea");

        SortedMap<String, Secret> foreign = new TreeMap<>(more.members());
        foreign.putAll(Map.of("ana", fresh("ana").salt(), "cyr", fresh("cyr").salt()));
        assertThatThrownBy(() -> Keys.adopt(folder, more.salt(), foreign, DISK, CHANCE))
                .hasMessageContaining("ana.key")
                .hasMessageContaining("holds another salt");
        assertThatThrownBy(() -> Keys.adopt(folder, fresh().salt(), more.members(), DISK, CHANCE))
                .hasMessageContaining("community.key");
        assertThat(Keys.find(folder).orElseThrow().members().keySet())
                .as("nothing was written")
                .containsExactly("ana", "bea");
    }

    private static SharedSalts fresh(String... members) {
        return SharedSalts.fresh("lilas", List.of(members), FOUNDED, CHANCE);
    }

    private static void assertSame(SharedSalts read, SharedSalts written) {
        assertThat(read.name()).isEqualTo(written.name());
        assertThat(read.salt()).isEqualTo(written.salt());
        assertThat(read.members()).isEqualTo(written.members());
        assertThat(read.founded()).isEqualTo(written.founded());
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
