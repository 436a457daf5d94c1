package mitoyen.node.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.cometbft.CometGenesis;
import mitoyen.node.keys.KeyKind;
import mitoyen.node.keys.Secret;
import mitoyen.node.keys.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What founders send each other, and the genesis that they make of it.
class FoundersTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Charter CHARTER =
            new Charter("Rue des Lilas", "EUR", "syndic", OptionalInt.empty());
    private static final List<String> NAMES = List.of("syndic", "grid", "town", "club");

    /// The key's seed is 32 times the byte 1; signed by RFC 8032, so that it never changes.
    private static final String GOLDEN =
            """
            mitoyen founder 1
            name syndic
            reach syndic.example.org:26656
            node 0000000000000000000000000000000000000001
            validator 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
            council 8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c
            made 2026-11-26T12:00:00Z
            signature e4eab001a2c92b4d77de3db5dc42d3055ee66489235693f843c7789f5cc6421a4dc52073876a0c7bdbec6a38acb28da484b0899fa0a41e138c5c20d60ad91307
            """;

    private static final String GOLDEN_HASH =
            "964b43c225fef69622c13f3f2d9eae7c60b64f5ae58dd85adcb9251c0a194770";

    @TempDir private Path folder;

    @Test
    void aFounderIsReadAsHeWroteAndHisFileStaysAsItIs() throws IOException {
        Path file = write("syndic", 0);
        assertThat(file).hasContent(GOLDEN);
        assertThat(FounderFile.read(file)).isEqualTo(founder("syndic", 0, key(1)));
        assertThat(FounderFile.isOne(file)).isTrue();
    }

    @Test
    void aKeyOfP256SignsAFoundersFileToo() throws IOException {
        SigningKey key = SigningKey.fresh(KeyKind.P256, new SecureRandom());
        Founder founder = founder("town", 2, key);
        Path file = Files.write(folder.resolve("p"), FounderFile.write(founder, key));
        assertThat(FounderFile.read(file)).isEqualTo(founder);
    }

    @Test
    void theMailsLineEndsAndBlanksDoNoHarm() throws IOException {
        Path file = write("syndic", 0);
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n") + "\r\n\n");
        assertThat(FounderFile.read(file)).isEqualTo(founder("syndic", 0, key(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aFileOfWhichAnythingWasChangedIsRefused(int line) throws IOException {
        Path file = write("syndic", 0);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        String other = Files.readAllLines(write("town", 2)).get(line);
        if (line == 6) {
            other = "made 2026-11-26T12:00:01Z";
        }
        assertThat(other).isNotEqualTo(lines.get(line));
        lines.set(line, other);
        Files.write(file, lines);
        assertThatThrownBy(() -> FounderFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file
                                + ":8: the signature does not hold: the file was changed on its"
                                + " way; ask for it again");
    }

    @ParameterizedTest
    @CsvSource({
        "'name syndic',       'name the syndic', 2",
        "':26656',            ':99999',          3",
        "'node 00',           'node 0g',         4",
        "'validator 3b',      'validator 3B',    5",
        "'council 8a',        'council ',        6",
        "'2026-11-26T12',     '2026-11-31T12',   7",
        "'signature ',        'signature 00',    8",
    })
    void aLineThatIsNoneIsNamed(String from, String to, int line) throws IOException {
        Path file = write("syndic", 0);
        Files.writeString(file, Files.readString(file).replace(from, to));
        assertThatThrownBy(() -> FounderFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":" + line + ": ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mitoyen key 1\n", "mitoyen founder 1\n", "mitoyen founder 2\n"})
    void whatIsNoFoundersFileIsSaidToBeNone(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("x"), content);
        assertThatThrownBy(() -> FounderFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file
                                + ": not a founder's file; ask for the one that network prepare"
                                + " wrote");
    }

    /// The hash is what founders compare: it must be that of every machine and every run.
    @Test
    void inWhicheverOrderTheyAreNamedTheGenesisIsTheSame() throws IOException {
        List<Path> files = new ArrayList<>(all());
        Random order = new Random(7);
        for (int i = 0; i < 12; i++) {
            Collections.shuffle(files, order);
            CometGenesis genesis = CHARTER.found(Founders.read(files), NOON);
            assertThat(genesis.fileHash()).hasToString(GOLDEN_HASH);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            genesis.write(out);
            Path file = Files.write(folder.resolve("genesis.json"), out.toByteArray());
            assertThat(CometGenesis.read(file)).isEqualTo(genesis);
        }
    }

    @Test
    void eachFounderHasAVoteAndAKeyOfTheCouncil() throws IOException {
        CometGenesis genesis = CHARTER.found(Founders.read(all()), NOON);
        Genesis ledger = genesis.genesis();
        var terms = ledger.governance().orElseThrow();
        assertThat(terms.validators())
                .extracting(Validator::name)
                .containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(terms.validators()).extracting(Validator::power).containsOnly(10L);
        assertThat(terms.council().threshold()).isEqualTo(3);
        assertThat(terms.council().signers()).hasSize(4);
        assertThat(ledger.founder()).isEqualTo(key(1).key());
        assertThat(genesis.time()).isEqualTo(NOON.plusSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "' ',  EUR, syndic, 0, 'a ledger''s name has 1 to 64 bytes, not: \" \"'",
        "Rue,  eur, syndic, 0, eur is no currency; write it like EUR",
        "Rue,  EUR, nobody, 0, 'none of the founders is called nobody; name one of"
                + " [club, grid, syndic, town]'",
        "Rue,  EUR, syndic, 5, 'of 4 founders 5 cannot sign; give --threshold 1 to 4'",
        "Rue,  EUR, syndic, -1, 'of 4 founders -1 cannot sign; give --threshold 1 to 4'",
    })
    void whatFoundersCannotAgreeOnIsToldInALine(
            String name, String currency, String opener, int threshold, String told)
            throws IOException {
        OptionalInt sign = threshold == 0 ? OptionalInt.empty() : OptionalInt.of(threshold);
        Founders founders = Founders.read(all());
        assertThatThrownBy(() -> new Charter(name, currency, opener, sign).found(founders, NOON))
                .isInstanceOf(IOException.class)
                .hasMessage(told);
    }

    @Test
    void whoPreparedInTheFutureWouldKeepAllWaiting() throws IOException {
        Founders founders = Founders.read(all());
        assertThatThrownBy(() -> CHARTER.found(founders, NOON.minusSeconds(3_600)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":7: made in the future; set that machine's clock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "node", "validator's key", "council's key", "place to reach"})
    void twoFilesOfOneFounderAreRefused(String what) throws IOException {
        Path first = write("syndic", 0);
        SigningKey key = key(what.startsWith("council") ? 1 : 9);
        Founder own = founder("syndic", 0, key(1));
        Founder other = founder("town", 2, key);
        Founder twin =
                new Founder(
                        what.equals("name") ? own.name() : other.name(),
                        what.startsWith("place") ? own.reach() : other.reach(),
                        what.equals("node") ? own.node() : other.node(),
                        what.startsWith("validator") ? own.validator() : other.validator(),
                        key.key(),
                        NOON);
        Path second = Files.write(folder.resolve("twin"), FounderFile.write(twin, key));
        assertThatThrownBy(() -> Founders.read(List.of(first, second)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s: has the %s of %s; each founder prepares on a machine of his own"
                                .formatted(second, what, first));
    }

    private List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            files.add(write(NAMES.get(i), i));
        }
        return files;
    }

    private Path write(String name, int number) throws IOException {
        SigningKey key = key(number + 1);
        return Files.write(
                folder.resolve(name + ".founder"),
                FounderFile.write(founder(name, number, key), key));
    }

    private static Founder founder(String name, int number, SigningKey council) {
        SignerKey validator = key(10 * number).key();
        return new Founder(
                name,
                name + ".example.org:26656",
                "%040x".formatted(number + 1),
                validator,
                council.key(),
                NOON.plusSeconds(number));
    }

    private static SigningKey key(int number) {
        byte[] seed = new byte[Secret.LENGTH];
        Arrays.fill(seed, (byte) number);
        return new SigningKey(new Secret(seed));
    }
}
