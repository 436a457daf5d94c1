package mitoyen.node.command;

import static mitoyen.node.command.LedgerCommands.lastLine;
import static mitoyen.node.command.LedgerCommands.runAnywhere;
import static mitoyen.node.command.LedgerCommands.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.node.api.RunningNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands against the node itself: that it answers in the form that they read.
final class RunningNodeCommandsTest {
    @TempDir private Path folder;
    private LedgerCommands ledger;
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        ledger = new LedgerCommands(folder);
        node = ledger.startNode();
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        ledger.close();
    }

    @Test
    void theNodesAnswersAreUnderstood() {
        AccountId alice = ledger.alice.account();
        AccountId bob = ledger.bob.account();
        for (var each : new Object[] {ledger.alice.key(), ledger.bob.key()}) {
            assertThat(run("account", "open", "--signer", each, "--key", ledger.founder.file()))
                    .startsWith("0: ");
        }
        Path carried = folder.resolve("carried.cbor");
        assertThat(transfer(alice, bob, "12.50", "--out", carried)).startsWith("0: ");
        assertThat(lastLine(run("tx", "send", carried))).isEqualTo("accepted in block 3");
        assertThat(lastLine(run("tx", "send", carried)))
                .isEqualTo("accepted before: the same transaction was there");
        assertThat(run("account", "show", bob)).contains("12.50 EUR\n");

        String refused = transfer(alice, bob, "1000");
        assertThat(refused).startsWith("1: ");
        assertThat(lastLine(refused))
                .startsWith("rejected")
                .endsWith("the account does not have that much, counting what is reserved");

        String held = run(ledger.reserving("20", "PT30M"));
        assertThat(held).startsWith("0: ");
        assertThat(run("account", "show", alice)).contains("-12.50 EUR, of which reserved 20.00");
        assertThat(run("hold", "show", value(held, "hold")))
                .startsWith("0: 20.00 EUR of " + alice + " for " + bob + ", until ");
        assertThat(run("hold", "post", value(held, "hold"), "--key", ledger.bob.file()))
                .startsWith("0: ");
        assertThat(run("hold", "show", value(held, "hold")))
                .isEqualTo("1: " + value(held, "hold") + ": nothing is reserved under this id\n");
        assertThat(run("account", "show", bob)).contains("32.50 EUR\n");

        String old = ledger.alice.key().toString();
        assertThat(run("key", "rotate", "--no-passphrase", ledger.alice.file())).startsWith("0: ");
        assertThat(run("account", "show", alice)).contains(", weight 1\n").doesNotContain(old);
        assertThat(transfer(alice, bob, "1")).startsWith("0: ");
    }

    /// LE-120, LE-145: made, opened with, paid from and rotated by its file alone.
    @Test
    void aKeyOfP256SignsAsAnyOther() {
        Path file = folder.resolve("p.key");
        String made = runAnywhere("key", "new", file, "--p256", "--no-passphrase");
        String key = value("\n" + made.substring(3), "key");
        String account = value(made, "account");
        for (var each : new Object[] {key, ledger.bob.key()}) {
            assertThat(run("account", "open", "--signer", each, "--key", ledger.founder.file()))
                    .startsWith("0: ");
        }
        assertThat(pay(account, file)).startsWith("accepted in block ");
        Path carried = folder.resolve("carried.cbor");
        assertThat(pay(account, file, "--out", carried)).endsWith(": signed by 1, not sent");
        assertThat(run("tx", "show", carried)).startsWith("0: ").contains("\nsigned by " + key);

        assertThat(run("key", "rotate", "--no-passphrase", file)).startsWith("0: ");
        assertThat(value("\n" + runAnywhere("key", "show", file).substring(3), "key"))
                .matches("0[23][0-9a-f]{64}")
                .isNotEqualTo(key);
        assertThat(pay(account, file)).startsWith("accepted in block ");
        assertThat(lastLine(run("tx", "send", carried))).startsWith("rejected");
    }

    private String pay(String account, Path key, Object... more) {
        return lastLine(
                run(
                        Stream.concat(
                                        Stream.of(
                                                "transfer",
                                                "--from",
                                                account,
                                                "--to",
                                                ledger.bob.account(),
                                                "--asset",
                                                "EUR",
                                                "--amount",
                                                "1",
                                                "--key",
                                                key),
                                        Stream.of(more))
                                .toArray()));
    }

    private String transfer(AccountId from, AccountId to, String amount, Object... more) {
        return run(
                Stream.concat(
                                Stream.of(
                                        "transfer",
                                        "--from",
                                        from,
                                        "--to",
                                        to,
                                        "--asset",
                                        "EUR",
                                        "--amount",
                                        amount,
                                        "--key",
                                        ledger.alice.file()),
                                Stream.of(more))
                        .toArray());
    }

    private String run(Object... arguments) {
        return runAnywhere(
                Stream.concat(Stream.of(arguments), Stream.of("--node", node.address())).toArray());
    }
}
