package mitoyen.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.proof.Sha256;
import mitoyen.node.Mitoyen;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the commands say, and what they leave alone.
final class CommandLineTest {
    private static final String COMMUNITY =
            """
            version: 1
            community: pair
            zone: Europe/Paris
            step: PT60M
            currency: EUR
            billing: month
            key: {type: pro-rata}
            prices:
              - {from: 2020-01-01, local: 0.1, supplier: 0.2, feed-in: 0.04, community-fee: 0}
            network-operator: enedis
            members:
              - {id: alice, name: Alice, vat: 0, meters: [A1]}
            """;

    private static final String ACCOUNT = "mit1xdhw73xn389p0jpfkakekmy2222348ysknd03f";

    @TempDir private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(folder.resolve("community.yaml"), COMMUNITY);
        Files.writeString(
                folder.resolve("readings.csv"),
                """
                start,meter,consumption_kwh,production_kwh
                2025-10-01T12:00+02:00,A1,1,15
                """);
        Files.writeString(
                folder.resolve("curve.csv"),
                """
                Identifiant PRM
                A1
                Horodate;Valeur
                2025-10-01T12:30:00+02:00;1
                2025-10-01T13:00:00+02:00;1
                """);
    }

    @Test
    void sharesAreRoundedToTheNearestTenthOfAPercent() {
        assertThat(settle("out"))
                .startsWith("0: ")
                .contains("(100.0 % of consumption, 6.7 % of production)");
    }

    @Test
    void aFileIsNotSettledInto() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertThat(settle("file"))
                .isEqualTo("2: mitoyen: " + file + ": a file, not a folder; name another\n");
        assertThat(settle("file/out"))
                .startsWith("2: mitoyen: " + file.resolve("out"))
                .endsWith("; check the path and the room on the disk, then run this again\n");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aConversionTakesNoFoldersPlace() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(run("convert", "enedis", folder.resolve("curve.csv"), "--out", empty))
                .startsWith(
                        "2: mitoyen convert: --out: a folder: " + empty + "; name a file in it; ");
        assertThat(empty).isEmptyDirectory();
        Path absent = folder.resolve("absent");
        assertThat(
                        run(
                                "convert",
                                "enedis",
                                folder.resolve("curve.csv"),
                                "--out",
                                absent.resolve("readings.csv")))
                .startsWith(
                        "2: mitoyen convert: --out: no such folder: "
                                + absent
                                + "; make it first; ");
    }

    @Test
    void aConversionTakesThePlaceOfNoExportAndOfNoDevice() throws IOException {
        Path export = folder.resolve("curve.csv");
        String exported = Files.readString(export);
        assertThat(run("convert", "enedis", export, "--out", folder.resolve("./curve.csv")))
                .startsWith("2: mitoyen convert: --out: one of the exports: ");
        assertThat(run("convert", "enedis", export, "--community", export))
                .startsWith("2: mitoyen convert: --community: one of the exports: ");
        assertThat(export).hasContent(exported);
        assertThat(run("convert", "enedis", export, "--out", "/dev/null"))
                .startsWith("2: mitoyen convert: --out: no file, but a device: /dev/null; name a ");
        assertThat(run("convert", "at-eeg", export, "--out", "a", "--community", "./a"))
                .startsWith("2: mitoyen convert: --community: the same file as --out; name ");
    }

    @Test
    void whatAKilledConversionLeftGoesWithTheNext() throws IOException {
        Path place = Files.createDirectory(folder.resolve("converted"));
        Path readings = place.resolve("readings.csv");
        Files.writeString(Disk.temporary(readings), "half of it");
        assertThat(run("convert", "enedis", folder.resolve("curve.csv"), "--out", readings))
                .startsWith("0: ");
        assertThat(place).isDirectoryContaining(readings::equals);
        assertThat(place.toFile().list()).hasSize(1);
    }

    @Test
    void aLedgerThatHasNoBlockYetHoldsUnlessItHadOne() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("node.yaml"),
                        "version: 1\nfolder: node\nfound: {name: rue}\nhttp: {port: 0}\n");
        RunningNode.start(
                        NodeFile.read(file),
                        new RealDisk(),
                        new SecureRandom(),
                        InstantSource.system())
                .close();
        Path node = folder.resolve("node");
        assertThat(run("verify", node))
                .isEqualTo(
                        """
                        0: OK blocks=0 transactions=0 root=%s settlements=absent anchored=no
                        founded, and no block yet
                        """
                                .formatted(Sha256.of(new byte[0])));
        String cut = "1: ledger: no block; the ledger was cut short\n";
        assertThat(run("verify", node, "--root", "0".repeat(64))).isEqualTo(cut);
        Files.writeString(node.resolve("summary.json"), "{}");
        assertThat(run("verify", node)).isEqualTo(cut);
    }

    @Test
    void aBackupIsRestoredAndVerifiedUnderItsPassphrase() throws IOException {
        settle("out");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "long enough\n");
        Path file = folder.resolve("out.backup");
        assertThat(
                        run(
                                "backup",
                                file,
                                "--of",
                                folder.resolve("out"),
                                "--passphrase-file",
                                passphrase))
                .startsWith("0: " + file + ": holds ledger, vault and keys of ");
        Path again = folder.resolve("again");
        assertThat(run("restore", file, again, "--passphrase-file", passphrase)).startsWith("0: ");
        assertThat(run("verify", again)).startsWith("0: ");

        Files.writeString(passphrase, "something else\n");
        assertThat(run("restore", file, folder.resolve("no"), "--passphrase-file", passphrase))
                .startsWith("2: ")
                .contains("passphrase");
        assertThat(run("restore", file, folder.resolve("no/a"), "--passphrase-file", passphrase))
                .startsWith("2: ")
                .contains("passphrase");
        assertThat(folder.resolve("no")).doesNotExist();
        assertThat(run("backup", file, "--of", again, "--passphrase-file", passphrase))
                .startsWith("2: ")
                .contains("exists already");
    }

    @Test
    void aFolderIsComparedWithAnother() throws IOException { // CE-18
        settle("out");
        settle("other");
        Path out = folder.resolve("out");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "long enough\n");
        Path file = folder.resolve("out.backup");
        run("backup", file, "--of", out, "--passphrase-file", passphrase);
        Path again = folder.resolve("again");
        run("restore", file, again, "--passphrase-file", passphrase);
        assertThat(run("verify", out, "--against", again)).startsWith("0: OK same=");
        assertThat(run("verify", out, "--against", again, "--json"))
                .startsWith(
                        "0: {\"holds\":true,\"same\":3,\"height\":3,\"otherHeight\":3,\"root\":\"")
                .endsWith("\",\"faults\":[]}\n");
        assertThat(run("verify", out, "--against", folder.resolve("other"), "--json"))
                .startsWith("1: {\"holds\":false,\"faults\":[\"");
        assertThat(run("verify", out, "--against", folder.resolve("other")))
                .startsWith("1: ")
                .contains("are of two ledgers: each has a genesis of its own");
        assertThat(run("verify", out, "--against", folder.resolve("missing")))
                .startsWith("2: ")
                .contains("--against: no such folder or file: " + folder.resolve("missing"));
        assertThat(run("verify", out, "--against", out.resolve("ledger/..")))
                .startsWith("2: ")
                .contains("--against: the same folder twice: " + out + "; name another node's");
        assertThat(run("verify", out, "--against", again, "--root", "00"))
                .startsWith("2: ")
                .contains("--root and --against are two checks; ask for one");
    }

    @Test
    void verifyAnswersAsOneObjectAlsoWhereSomethingDoesNotHold() throws IOException {
        settle("out");
        Path out = folder.resolve("out");
        String[] words = run("verify", out).split("[ =\n]", -1);
        String root = words[7];
        assertThat(run("verify", out, "--json"))
                .isEqualTo(
                        "0: {\"holds\":true,\"height\":3,\"transactions\":3,\"root\":\""
                                + root
                                + "\",\"settlements\":\"recomputed\",\"anchored\":true,\"executed\":3,\"pruned\":0,\"unchecked\":[],\"faults\":[]}\n");
        assertThat(run("verify", out, "--root", "0".repeat(64), "--json"))
                .startsWith("1: {\"holds\":false,\"faults\":[\"root 0000")
                .contains("\"]}\nroot 0000")
                .hasLineCount(2);
    }

    @Test
    void whereNoNetworkIsEveryCommandOfTheTestnetSaysSo() {
        Path nowhere = folder.resolve("nothere");
        for (List<String> each :
                List.of(
                        List.of("status"),
                        List.of("stop"),
                        List.of("kill", "1"),
                        List.of("start", "1"))) {
            List<Object> words = new ArrayList<>(List.of("testnet"));
            words.addAll(each);
            words.addAll(List.of("--dir", nowhere));
            assertThat(run(words.toArray()))
                    .isEqualTo(
                            "2: mitoyen testnet: "
                                    + nowhere
                                    + ": there is no network; ./mitoyen testnet --dir "
                                    + nowhere
                                    + " makes one and runs it; see mitoyen testnet --help\n");
        }
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void aNodeIsMadeInNoFolderThatHoldsSomethingElse() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));
        Path genesis = Files.writeString(taken.resolve("genesis.json"), "{}");
        Files.writeString(taken.resolve("town.founder"), "a founder's");
        String peer = "0123456789abcdef0123456789abcdef01234567@127.0.0.1:26656";
        Object[] join = {
            "join", "--prepare", "--genesis", genesis, "--peers", peer, "--dir", taken
        };
        assertThat(run(join)).doesNotContain("--dir");
        Files.writeString(taken.resolve("notes.txt"), "mine");
        assertThat(run(join))
                .isEqualTo(
                        "2: mitoyen join: --dir: "
                                + taken
                                + " holds notes.txt, which is no node's: name a folder that is"
                                + " empty or not there yet; see mitoyen join --help\n");
        assertThat(
                        run(
                                "network",
                                "prepare",
                                "--dir",
                                taken,
                                "--name",
                                "town",
                                "--reach",
                                "town.example.org:26656",
                                "--no-passphrase"))
                .isEqualTo(
                        "2: mitoyen network prepare: --dir: "
                                + taken
                                + " holds notes.txt, which is no node's: name a folder that is"
                                + " empty or not there yet; see mitoyen network prepare --help\n");
        assertThat(taken.resolve("operator.key")).doesNotExist();
        assertThat(taken.resolve("cometbft")).doesNotExist();
        assertThat(
                        run(
                                "join",
                                "--prepare",
                                "--genesis",
                                genesis,
                                "--peers",
                                peer,
                                "--dir",
                                genesis))
                .startsWith("2: mitoyen join: --dir: " + genesis + " is a file: ");
    }

    @Test
    void whatIsNoNumberAndNoAddressIsSaidWithoutTheWordsOfThePlatform() {
        assertThat(run("serve", folder, "--port", "80,5"))
                .contains("'--port': 80,5 is not a whole number, or is too large; see");
        assertThat(run("account", "show", ACCOUNT, "--node", "127.0.0.1:8090"))
                .contains("'--node': 127.0.0.1:8090 is not an address; it looks like http://");
    }

    @Test
    void aNumberOutsideItsRangeAndAnEmptyPathAreToldWithTheirOption() {
        String[] transfer = {
            "transfer", "--from", ACCOUNT, "--to", ACCOUNT, "--asset", "EUR", "--amount", "1"
        };
        for (String lane : List.of("-1", "2147483648", "x")) {
            Object[] arguments = Arrays.copyOf(transfer, transfer.length + 2, Object[].class);
            arguments[transfer.length] = "--lane";
            arguments[transfer.length + 1] = lane;
            assertThat(run(arguments))
                    .startsWith("2: ")
                    .contains("'--lane': " + lane + " is not a lane from 0 to 2147483647; see");
        }
        for (String height : List.of("-1", "99999999999999999999")) {
            assertThat(run("proof", "growth", "--height", height))
                    .startsWith("2: ")
                    .contains("'--height': " + height + " is not a number of blocks; see");
        }
        assertThat(run("proof", "balance", ACCOUNT, "--asset", "EUR", "--height", "1"))
                .startsWith("2: ")
                .contains("--height: give --root too, the root over so many blocks; see");
        assertThat(run("backup", folder.resolve("a"), "--of", ""))
                .startsWith("2: ")
                .contains("'--of': the path is empty; see");
    }

    @Test
    void aPassphraseFileThatIsNoTextIsNamed() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xFF, '\n'});
        assertThat(run("key", "new", folder.resolve("a.key"), "--passphrase-file", binary))
                .isEqualTo("2: mitoyen: " + binary + ": not UTF-8 text; save it as UTF-8\n");
    }

    @Test
    void aPlaceWithoutRoomIsRefusedBeforeAPassphraseIsAskedFor() throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "");
        assertThat(run("key", "new", there)).contains(there + ": exists already; name another");
        Path nowhere = folder.resolve("no/a");
        assertThat(run("key", "new", nowhere))
                .isEqualTo("2: mitoyen: " + nowhere + ": its folder is not there; make it first\n");
    }

    @Test
    void whatCannotBeBackedUpOrRestoredIsToldBeforeAPassphraseIsAskedFor() throws IOException {
        settle("out");
        Path out = folder.resolve("out");
        Path nowhere = folder.resolve("no/a");
        assertThat(run("backup", nowhere, "--of", out))
                .isEqualTo("2: mitoyen: " + nowhere + ": its folder is not there; make it first\n");
        assertThat(run("backup", folder.resolve("a"), "--of", folder))
                .isEqualTo(
                        "2: mitoyen: "
                                + folder
                                + ": holds no ledger; name a folder that was settled\n");
        Path among = out.resolve("ledger/a");
        assertThat(run("backup", among, "--of", out))
                .isEqualTo(
                        "2: mitoyen: "
                                + among
                                + ": lies among the files that it is a backup of; name one"
                                + " elsewhere\n");
        Path file = folder.resolve("curve.csv");
        assertThat(run("restore", out, nowhere))
                .isEqualTo("2: mitoyen: " + out + ": a folder, not a file; name a file in it\n");
        assertThat(run("restore", nowhere, folder.resolve("a")))
                .isEqualTo("2: mitoyen: " + nowhere + ": no such file; check the path\n");
        assertThat(run("restore", file, out))
                .isEqualTo(
                        "2: mitoyen: "
                                + out
                                + ": is not empty; name a folder that is not there yet\n");
    }

    @Test
    void aFolderInAFilesPlaceIsNamed() {
        String folderInstead = folder + ": a folder, not a file; name a file in it\n";
        assertThat(run("key", "show", folder)).isEqualTo("2: mitoyen: " + folderInstead);
        assertThat(run("tx", "show", folder)).isEqualTo("2: mitoyen: " + folderInstead);
        assertThat(run("key", "new", folder.resolve("a.key"), "--passphrase-file", folder))
                .isEqualTo("2: mitoyen: " + folderInstead);
        assertThat(folder.resolve("a.key")).doesNotExist();
    }

    @Test
    void aCommandsLineInTheHelpIsAWholeSentence() {
        requireWholeSentences(Mitoyen.program());
    }

    private static void requireWholeSentences(CommandLine of) {
        for (CommandLine command : of.getSubcommands().values()) {
            assertThat(command.getCommandSpec().usageMessage().description())
                    .as(command.getCommandSpec().qualifiedName())
                    .allSatisfy(line -> assertThat(line).endsWith("."));
            requireWholeSentences(command);
        }
    }

    private String settle(String out) {
        return run(
                "settle",
                "--community",
                folder.resolve("community.yaml"),
                "--readings",
                folder.resolve("readings.csv"),
                "--out",
                folder.resolve(out),
                "--partial");
    }

    /// Runs the program: its status and what it said.
    private static String run(Object... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int status =
                Mitoyen.program()
                        .setOut(out)
                        .setErr(out)
                        .execute(
                                Arrays.stream(arguments)
                                        .map(Object::toString)
                                        .toArray(String[]::new));
        return status + ": " + said;
    }
}
