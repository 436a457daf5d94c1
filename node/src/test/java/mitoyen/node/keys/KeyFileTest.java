package mitoyen.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.ForwardingDisk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.signature.SignatureChecker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private static final Passphrase PASSPHRASE = new Passphrase("café du coin");
    private static final Stretching QUICK = new Stretching(64, 1, 1);

    /// The key of RFC 8032's first test, sealed under "café du coin" with little memory.
    private static final String GOLDEN =
            """
            mitoyen key 1
            public d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a
            account mit1xdhw73xn389p0jpfkakekmy2222348ysknd03f
            sealed argon2id m=64 t=1 p=1 000102030405060708090a0b0c0d0e0f aes-256-gcm 101112131415161718191a1b 46bdcde4a426c623afb6ca79bc6c7bf3b55ad12d7d42e9cca74fe760215731b8ebc3a61538b296ee46454390d05e1052
            """;

    private static final String GOLDEN_SEED =
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String GOLDEN_P256 =
            """
            mitoyen key 1
            public 0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6
            account mit1xdhw73xn389p0jpfkakekmy2222348ysknd03f
            seed c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721
            """;

    private static final String ZERO =
            "0000000000000000000000000000000000000000000000000000000000000000";

    private static final String ORDER =
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    @TempDir private Path folder;
    private Path file;
    private SigningKey key;

    @BeforeEach
    void make() {
        file = folder.resolve("a.key");
        key = SigningKey.fresh(new SecureRandom());
    }

    @Test
    void aSealedKeyOpensWithItsPassphraseAndIsItsOwnersAlone() throws IOException {
        KeyFile written = create(Optional.of(PASSPHRASE));

        assertThat(written.isSealed()).isTrue();
        assertThat(written.key()).isEqualTo(key.key());
        assertThat(written.open(PASSPHRASE).sign(new byte[3])).isEqualTo(key.sign(new byte[3]));
        assertThat(Files.readString(file)).doesNotContain(key.seed().toHex());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /// Somebody else may look at the same moment, and find no file either. Whose key is told and is
    /// in no file has lost what it signs for.
    @Test
    void aFileThatAnotherRunMadeJustNowIsNotReplaced() throws IOException {
        Disk late =
                new ForwardingDisk(new RealDisk()) {
                    @Override
                    public Replacement replacementPrivate(Path place) throws IOException {
                        create(Optional.empty());
                        return super.replacementPrivate(place);
                    }

                    @Override
                    public void createPrivate(Path place, Content content) throws IOException {
                        create(Optional.empty());
                        super.createPrivate(place, content);
                    }
                };

        SigningKey another = SigningKey.fresh(new SecureRandom());

        assertThatThrownBy(() -> create(another, Optional.of(PASSPHRASE), late))
                .hasMessage(file + ": exists already; name another file, or move it away");
        assertThat(KeyFile.read(file).key()).isEqualTo(key.key());
        assertThat(folder.toFile().list()).containsExactly("a.key");
    }

    @Test
    void anAccentTypedInTwoCharactersOpensToo() throws IOException {
        assertThat(create(Optional.of(PASSPHRASE)).open(new Passphrase("cafe\u0301 du coin")).key())
                .isEqualTo(key.key());
    }

    @Test
    void aWrongPassphraseOpensNothing() throws IOException {
        KeyFile written = create(Optional.of(PASSPHRASE));

        assertThatThrownBy(() -> written.open(new Passphrase("cafe du coin")))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": the passphrase is wrong, or the file was changed; try again");
    }

    @Test
    void aBareKeyIsBareOnlyWhereThatWasAskedFor() throws IOException {
        KeyFile written = create(Optional.empty());

        assertThat(written.isSealed()).isFalse();
        assertThat(written.open().key()).isEqualTo(key.key());
        assertThat(Files.readString(file)).contains("seed " + key.seed().toHex());
    }

    @Test
    void noFileIsOverwritten() throws IOException {
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> create(Optional.of(PASSPHRASE)))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": exists already; name another file, or move it away");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileOfThisVersionOpensForEver() throws IOException {
        Files.writeString(file, GOLDEN);

        assertThat(KeyFile.read(file).open(PASSPHRASE).seed().toHex()).isEqualTo(GOLDEN_SEED);
    }

    /// LE-140, LE-144 to LE-146: what such a file signs, the ledger's own check takes.
    @Test
    void aFileHoldsAKeyOfP256AsWell() throws IOException {
        key = SigningKey.fresh(KeyKind.P256, new SecureRandom());
        KeyFile written = create(Optional.of(PASSPHRASE));
        byte[] message = {1, 2, 3};

        assertThat(written.key().isP256()).isTrue();
        assertThat(KeyFile.read(file).open(PASSPHRASE).sign(message)).isEqualTo(key.sign(message));
        assertThat(
                        SignatureChecker.forFew()
                                .p256(
                                        key.key().bytes().toBytes(),
                                        message,
                                        key.sign(message).toBytes()))
                .isTrue();
        assertThat(Files.readString(file)).doesNotContain(key.seed().toHex());
    }

    /// The key of RFC 6979, section A.2.5.
    @Test
    void aBareFileOfP256OfThisVersionOpensForEver() throws IOException {
        Files.writeString(file, GOLDEN_P256);

        assertThat(KeyFile.read(file).open().key()).isEqualTo(KeyFile.read(file).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {ZERO, ORDER, GOLDEN_SEED})
    void aNumberThatIsNotTheKeysIsToldInALine(String seed) throws IOException {
        Files.writeString(file, GOLDEN_P256.replaceFirst("seed .*", "seed " + seed));

        assertThatThrownBy(() -> KeyFile.read(file).open())
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":2: not the public key of its seed; take a backup");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aFileOfWhichALineWasChangedDoesNotOpen(int line) throws IOException {
        create(Optional.of(PASSPHRASE));
        SigningKey other = SigningKey.fresh(new SecureRandom());
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        List<String> changed =
                List.of(
                        "mitoyen key 2",
                        "public " + other.key(),
                        "account " + AccountId.of(other.key()),
                        lines.get(3).replace("t=1", "t=2"));
        lines.set(line, changed.get(line));
        Files.write(file, lines);

        assertThatThrownBy(() -> KeyFile.read(file).open(PASSPHRASE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"m=9999999 t=1 p=1", "m=64 t=999 p=1", "m=7 t=1 p=1", "m=64 t=1 p=0"})
    void aFileThatAsksForTooMuchIsRefusedBeforeAnythingIsDone(String asked) throws IOException {
        create(Optional.of(PASSPHRASE));
        Files.writeString(file, Files.readString(file).replace("m=64 t=1 p=1", asked));

        assertThatThrownBy(() -> KeyFile.read(file).open(PASSPHRASE))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ":4: asks for " + asked + ", beyond any limit; take a backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mitoyen key 1\n", "mitoyen key 1\na\nb\nc\n"})
    void whatIsNoKeyFileIsSaidToBeNone(String content) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void aNewFileTakesSixtyFourMebibytesAndThreePasses() throws IOException {
        KeyFile.create(
                file,
                key,
                AccountId.of(key.key()),
                Optional.of(PASSPHRASE),
                new SecureRandom(),
                new RealDisk());

        assertThat(Files.readString(file)).contains("sealed argon2id m=65536 t=3 p=1 ");
        assertThat(KeyFile.read(file).open(PASSPHRASE).key()).isEqualTo(key.key());
    }

    @Test
    void nothingSecretPrintsItself() {
        assertThat(PASSPHRASE).hasToString("passphrase");
        assertThat(key).hasToString(key.key().toString());
        byte[] seed = new byte[Secret.LENGTH];
        Arrays.fill(seed, (byte) 7);
        assertThat(new SigningKey(new Secret(seed)).toString()).doesNotContain("0707");
    }

    private KeyFile create(Optional<Passphrase> passphrase) throws IOException {
        return create(key, passphrase, new RealDisk());
    }

    private KeyFile create(SigningKey key, Optional<Passphrase> passphrase, Disk disk)
            throws IOException {
        return KeyFile.create(
                file, key, AccountId.of(key.key()), passphrase, QUICK, new SecureRandom(), disk);
    }
}
