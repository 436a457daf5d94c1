package mitoyen.node.command;

import static mitoyen.node.command.LedgerCommands.lastLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who signs, and transactions in files, against a node with the ledger's real rules.
final class SignerCommandsTest {
    @TempDir private Path folder;
    private LedgerCommands ledger;
    private AccountId alice;
    private AccountId bob;

    @BeforeEach
    void open() throws IOException {
        ledger = new LedgerCommands(folder).opened();
        alice = ledger.alice.account();
        bob = ledger.bob.account();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void anAccountIsShownWithItsMoneyAndItsKeys() {
        transfer("12.5");

        assertThat(ledger.run("account", "show", bob))
                .isEqualTo(
                        "0: "
                                + bob
                                + " after block 3\n12.50 EUR\nkey "
                                + ledger.bob.key()
                                + ", weight 1\nthreshold 1\n");
        AccountId nobody = AccountId.issuance(new mitoyen.ledger.account.Asset("x"));
        assertThat(ledger.run("account", "show", nobody))
                .isEqualTo("1: " + nobody + ": the node knows nothing of this account\n");
    }

    @Test
    void aDelegatedKeySpendsUpToItsLimitUntilItIsRevoked() throws IOException {
        var car = ledger.keyFile("car", 9);
        assertThat(
                        ledger.run(
                                "account",
                                "delegate",
                                alice,
                                "--to",
                                car.key(),
                                "--may",
                                "transfer,reserve",
                                "--limit",
                                "EUR=10",
                                "--every",
                                "P1D",
                                "--until",
                                "P30D",
                                "--with",
                                bob,
                                "--key",
                                ledger.alice.file()))
                .startsWith("0: ")
                .contains("let the key " + car.key() + " transfer, reserve for " + alice)
                .contains("at most 10.00 EUR each PT24H, with " + bob);

        Object[] spend = {
            "transfer",
            "--from",
            alice,
            "--to",
            bob,
            "--asset",
            "EUR",
            "--amount",
            "6",
            "--key",
            car.file()
        };
        assertThat(ledger.run(spend)).startsWith("0: ");
        assertThat(lastLine(ledger.run(spend)))
                .isEqualTo("rejected at step 1: the delegated key has spent what it may for now");
        assertThat(ledger.run("account", "revoke", alice, car.key(), "--key", ledger.alice.file()))
                .startsWith("0: ");
        assertThat(lastLine(ledger.run(spend)))
                .isEqualTo(
                        "rejected: no key of the account in whose name it is sent has signed it");
    }

    @Test
    void guardiansRecoverAnAccountAndItsKeyObjects() throws IOException {
        var fresh = ledger.keyFile("fresh", 9);
        assertThat(
                        ledger.run(
                                "account",
                                "guardians",
                                alice,
                                "--guardian",
                                bob,
                                "--delay",
                                "P7D",
                                "--key",
                                ledger.alice.file()))
                .startsWith("0: ");
        assertThat(
                        ledger.run(
                                "account",
                                "recover",
                                alice,
                                "--signer",
                                fresh.key(),
                                "--key",
                                ledger.bob.file()))
                .startsWith("0: ");
        assertThat(ledger.run("account", "cancel-recovery", alice, "--key", ledger.alice.file()))
                .startsWith("0: ");
        assertThat(
                        ledger.run(
                                "account",
                                "guardians",
                                alice,
                                "--none",
                                "--key",
                                ledger.alice.file()))
                .startsWith("0: ");
        assertThat(ledger.run("account", "close", alice, "--key", ledger.alice.file()))
                .startsWith("0: ");
        assertThat(lastLine(transfer("1"))).isEqualTo("rejected at step 1: an account is closed");
    }

    @Test
    void twoSignersSignAFileInTurnAndAThirdSendsIt() {
        assertThat(
                        ledger.run(
                                "account",
                                "signers",
                                alice,
                                "--signer",
                                ledger.alice.key(),
                                "--signer",
                                ledger.bob.key() + ":2",
                                "--threshold",
                                "3",
                                "--key",
                                ledger.alice.file()))
                .startsWith("0: ");
        Path carried = folder.resolve("carried.cbor");
        assertThat(transfer("3", "--out", carried))
                .startsWith("0: ")
                .endsWith(carried + ": signed by 1, not sent\n");
        assertThat(ledger.run("tx", "sign", carried, "--key", ledger.bob.file()))
                .contains("1. transfer 3.00 EUR")
                .endsWith(carried + ": signed by 2, not sent\n");
        assertThat(ledger.run("tx", "show", carried))
                .startsWith("0: ")
                .contains("signed by " + ledger.alice.key(), "signed by " + ledger.bob.key());

        assertThat(lastLine(ledger.run("tx", "send", carried))).startsWith("accepted in block ");
        assertThat(lastLine(ledger.run("tx", "send", carried)))
                .isEqualTo("accepted before: the same transaction was there");
        assertThat(ledger.node.balance(bob, "EUR")).isEqualTo(3_000_000);
    }

    @Test
    void whatWasChangedOnTheWayIsShownAsItIsAndNeitherSignedNorSent() throws IOException {
        Path carried = folder.resolve("carried.cbor");
        transfer("3", "--out", carried);
        byte[] bytes = Files.readAllBytes(carried);
        ByteString honest = ByteString.of(new byte[] {0x1a, 0x00, 0x2d, (byte) 0xc6, (byte) 0xc0});
        int at = find(bytes, honest);
        bytes[at + 1] = 0x05;
        Files.write(carried, bytes);

        assertThat(ledger.run("tx", "show", carried))
                .startsWith("1: ")
                .contains("1. transfer 86.886080 EUR")
                .contains("NOT signed by " + ledger.alice.key());
        String refused =
                "1: "
                        + carried
                        + ": the signature of "
                        + ledger.alice.key()
                        + " does not hold: the transaction was changed after it was signed\n";
        assertThat(ledger.run("tx", "sign", carried, "--key", ledger.bob.file()))
                .isEqualTo(refused);
        assertThat(ledger.run("tx", "send", carried)).isEqualTo(refused);
        assertThat(ledger.node.posted()).hasSize(2);
    }

    @Test
    void anExchangeInAFileIsDoneWholeOrNotAtAll() throws IOException {
        assertThat(
                        ledger.run(
                                "asset",
                                "mint",
                                "--asset",
                                "sun",
                                "--amount",
                                "10",
                                "--to",
                                bob,
                                "--key",
                                ledger.founder.file()))
                .startsWith("0: ");
        Path file = folder.resolve("exchange.yaml");
        String exchange =
                """
                sender: %s
                steps:
                  - transfer:
                      from: %s
                      to: %s
                      asset: EUR
                      amount: 2000000
                      reference: %s
                  - transfer: {from: %s, to: %s, asset: sun, amount: %d, reference: %s}
                """;
        String none = "00".repeat(32);
        Files.writeString(file, exchange.formatted(alice, alice, bob, none, bob, alice, 11, none));
        Object[] send = {"tx", file, "--key", ledger.alice.file(), "--key", ledger.bob.file()};
        assertThat(lastLine(ledger.run(send)))
                .isEqualTo(
                        "rejected at step 2: the account does not have that much, counting what"
                                + " is reserved");
        assertThat(ledger.node.balance(bob, "EUR")).isZero();

        Files.writeString(file, exchange.formatted(alice, alice, bob, none, bob, alice, 10, none));
        assertThat(ledger.run(send)).startsWith("0: ");
        assertThat(ledger.node.balance(alice, "sun")).isEqualTo(10);
    }

    @Test
    void aRotatedKeySignsAndTheOldOneIsKeptAside() throws IOException {
        String old = ledger.alice.key().toString();
        String said = ledger.run("key", "rotate", ledger.alice.file(), "--no-passphrase");

        assertThat(said).startsWith("0: ").endsWith("alice.key: holds the new key\n");
        assertThat(folder.resolve("alice.key.old-" + old.substring(0, 8))).exists();
        assertThat(folder.resolve("alice.key.new")).doesNotExist();
        assertThat(lastLine(transfer("1"))).startsWith("accepted in block ");
    }

    @Test
    void aRotationThatWasNotTakenLeavesTheOldKeyAndIsTakenUpAgain() throws IOException {
        byte[] before = Files.readAllBytes(ledger.alice.file());
        ledger.node.beBusy(100);
        assertThat(ledger.run("key", "rotate", ledger.alice.file(), "--no-passphrase"))
                .startsWith("1: ")
                .contains("not taken by the node: busy")
                .contains("alice.key: stays as it is; the new key waits in ");
        assertThat(ledger.alice.file()).hasBinaryContent(before);
        byte[] next = Files.readAllBytes(folder.resolve("alice.key.new"));

        ledger.node.beBusy(0);
        assertThat(ledger.run("key", "rotate", ledger.alice.file(), "--no-passphrase"))
                .startsWith("0: ");
        assertThat(ledger.alice.file()).hasBinaryContent(next);
    }

    @Test
    void aRotationWhoseAnswerWasNeverHeardIsEndedByTheNextRun() throws IOException {
        ledger.node.loseAnswers(100);
        assertThat(ledger.run("key", "rotate", ledger.alice.file(), "--no-passphrase"))
                .startsWith("1: ")
                .contains("no answer");
        int sent = ledger.node.posted().size();

        ledger.node.loseAnswers(0);
        assertThat(ledger.run("key", "rotate", ledger.alice.file(), "--no-passphrase"))
                .startsWith("0: ");
        assertThat(ledger.node.posted()).hasSize(sent);
        assertThat(lastLine(transfer("1"))).startsWith("accepted in block ");
    }

    @Test
    void aTransactionWithoutAnAnswerIsKeptAndSentAgainAsItIs() throws IOException {
        ledger.node.loseAnswers(100);
        String said = transfer("2");
        assertThat(said).startsWith("1: ").contains("it may be done and it may not");
        ledger.node.loseAnswers(0);
        Path kept;
        try (var files = Files.newDirectoryStream(folder, "transaction-*.cbor")) {
            kept = files.iterator().next();
        }

        assertThat(lastLine(ledger.run("tx", "send", kept)))
                .isEqualTo("accepted before: the same transaction was there");
        assertThat(ledger.node.balance(bob, "EUR")).isEqualTo(2_000_000);
    }

    private String transfer(String amount, Object... more) {
        Object[] arguments = {
            "transfer",
            "--from",
            alice,
            "--to",
            bob,
            "--asset",
            "EUR",
            "--amount",
            amount,
            "--key",
            ledger.alice.file()
        };
        return ledger.run(Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray());
    }

    private static int find(byte[] bytes, ByteString part) {
        for (int i = 0; i + part.length() <= bytes.length; i++) {
            if (ByteString.of(bytes, i, i + part.length()).equals(part)) {
                return i;
            }
        }
        throw new IllegalStateException("not there: " + part);
    }
}
