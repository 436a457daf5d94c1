package mitoyen.node.command;

import static mitoyen.node.command.LedgerCommands.runAnywhere;
import static mitoyen.node.command.LedgerCommands.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.Ed25519;
import mitoyen.node.Mitoyen;
import mitoyen.node.keys.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyCommandTest {
    @TempDir private Path folder;

    @Test
    void aNewKeyIsToldByItsPublicHalfAndItsAccount() throws IOException {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "open sesame\n");
        Path file = folder.resolve("a.key");
        String said = runAnywhere("key", "new", file, "--passphrase-file", passphrase);

        assertThat(said).startsWith("0: ").endsWith("sealed under a passphrase\n");
        SignerKey key = new SignerKey(ByteString.parseHex(value("\n" + said.substring(3), "key")));
        assertThat(value(said, "account")).isEqualTo(AccountId.of(key).toString());
        assertThat(runAnywhere("key", "show", file)).isEqualTo(said);
        assertThat(runAnywhere("key", "show", file, "--json"))
                .contains("\"key\":\"" + key + "\"", "\"sealed\":true");
    }

    @Test
    void aKeyOfP256IsMadeWhereItIsAskedFor() {
        Path file = folder.resolve("p.key");
        String said = runAnywhere("key", "new", file, "--p256", "--no-passphrase");

        assertThat(said).startsWith("0: ");
        assertThat(value("\n" + said.substring(3), "key")).matches("0[23][0-9a-f]{64}");
        assertThat(runAnywhere("key", "show", file)).isEqualTo(said);
        assertThat(runAnywhere("key", "new", folder.resolve("f.key"), "--p256", "--of", folder))
                .startsWith("2: mitoyen key new: --p256: a founder's key is of Ed25519;");
    }

    @Test
    void theKeyThatFoundedALedgerIsTakenFromItsFolder() throws IOException {
        Keys keys =
                Keys.ensure(
                        folder.resolve("street/keys"),
                        List.of(),
                        new RealDisk(),
                        new SecureRandom());
        SignerKey founder = Ed25519.keyOf(keys.community().signing().toBytes());
        Path street = folder.resolve("street");
        String said =
                runAnywhere(
                        "key", "new", folder.resolve("f.key"), "--of", street, "--no-passphrase");
        assertThat(value("\n" + said.substring(3), "key")).isEqualTo(founder.toString());
        assertThat(value(said, "account")).isEqualTo(AccountId.of(founder).toString());
        assertThat(
                        runAnywhere(
                                "key",
                                "new",
                                folder.resolve("g.key"),
                                "--of",
                                folder,
                                "--no-passphrase"))
                .startsWith("2: mitoyen: " + folder + ": holds no keys; name a folder that settle");
        assertThat(folder.resolve("g.key")).doesNotExist();
    }

    @Test
    void aKeyIsNotLeftBareByAccidentNorOverwritten() throws IOException {
        Path file = folder.resolve("a.key");
        assertThat(runAnywhere("key", "new", file))
                .startsWith("2: mitoyen key new: there is no terminal to ask for a passphrase on;");
        assertThat(file).doesNotExist();

        assertThat(runAnywhere("key", "new", file, "--no-passphrase"))
                .endsWith("bare: without a passphrase\n");
        String content = Files.readString(file);
        assertThat(runAnywhere("key", "new", file, "--no-passphrase"))
                .isEqualTo(
                        "2: mitoyen: "
                                + file
                                + ": exists already; name another file, or move it away\n");
        assertThat(file).hasContent(content);
    }

    @Test
    void aPassphraseThatIsEmptyOrGivenTwiceIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path file = folder.resolve("a.key");

        assertThat(runAnywhere("key", "new", file, "--passphrase-file", empty))
                .startsWith("2: mitoyen key new: --passphrase-file: there is no passphrase in it");
        assertThat(runAnywhere("key", "new", file, "--passphrase-env", "MITOYEN_NO_SUCH"))
                .startsWith("2: mitoyen key new: --passphrase-env: there is no passphrase in it");
        assertThat(
                        runAnywhere(
                                "key",
                                "new",
                                file,
                                "--passphrase-env",
                                "PATH",
                                "--passphrase-file",
                                empty))
                .startsWith("2: mitoyen key new: --passphrase-file and --passphrase-env: give one");
        assertThat(runAnywhere("key", "new", file, "--passphrase-env", "PATH", "--no-passphrase"))
                .startsWith("2: mitoyen key new: --no-passphrase: a passphrase is given as well");
        assertThat(file).doesNotExist();
    }

    @Test
    void everyCommandOfTheLedgerHelpsAndSaysWhatItsOptionsAre() {
        Set<String> names = Set.of("key", "account", "transfer", "hold", "asset", "tx");
        List<CommandLine> commands =
                Mitoyen.program().getSubcommands().values().stream()
                        .filter(command -> names.contains(command.getCommandName()))
                        .toList();
        assertThat(commands).hasSize(names.size());
        for (CommandLine command : commands) {
            assertHelpful(command, command.getCommandName(), "--help");
            for (CommandLine each : command.getSubcommands().values()) {
                assertHelpful(each, command.getCommandName(), each.getCommandName(), "--help");
            }
        }
    }

    private static void assertHelpful(CommandLine command, Object... asked) {
        assertThat(runAnywhere(asked)).startsWith("0: Usage: mitoyen ");
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().options())
                .allSatisfy(option ->
                        assertThat(option.description()).as(option.longestName()).isNotEmpty());
    }
}
