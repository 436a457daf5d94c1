package mitoyen.node.command;

import static mitoyen.node.command.LedgerCommands.lastLine;
import static mitoyen.node.command.LedgerCommands.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Commitment;
import mitoyen.ledger.proof.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Commands that move something, against a node with the ledger's real rules.
final class LedgerCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();

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
    void aTransferSaysWhatIsSignedAndWhatCameOfIt() {
        String said = transfer("12.50");

        assertThat(said)
                .startsWith("0: transaction ")
                .contains("on the ledger " + ledger.genesis.hash())
                .contains("1. transfer 12.50 EUR from " + alice + " to " + bob + ", reference ");
        assertThat(lastLine(said)).isEqualTo("accepted in block 3");
        assertThat(ledger.node.balance(bob, "EUR")).isEqualTo(12_500_000);
        assertThat(ledger.node.balance(alice, "EUR")).isEqualTo(-12_500_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100.01 | 1 | rejected at step 1: the account does not have that much, counting"
                        + " what is reserved",
                "0 | 1 | rejected at step 1: the amount is not above 0",
                "5000u | 1 | rejected at step 1: the amount is finer than this asset is counted in",
                "100 | 0 | accepted in block 3"
            })
    void aRefusalIsStatusOneAndASentence(String amount, int status, String last) {
        String said = transfer(amount);

        assertThat(said).startsWith(status + ": ");
        assertThat(lastLine(said)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EUR | 1,50 | is not an amount of money; write it with a point and without"
                        + " separators, such as 12.00",
                "EUR | 1.505 | has more than 2 decimals, which EUR has",
                "EUR | -1 | is not an amount of money; write it with a point and without"
                        + " separators, such as 12.00",
                "sun | 1.5 | is not a whole number, and sun is counted; write such as 12",
                "EUR-gift | 12 | is not clear: EUR-gift could be money or be counted; write the"
                        + " ledger's own units, such as 1500000u"
            })
    void anAmountThatCouldMeanTwoThingsIsNotSent(String asset, String amount, String why) {
        String said =
                ledger.run(
                        "transfer",
                        "--from",
                        alice,
                        "--to",
                        bob,
                        "--asset",
                        asset,
                        "--amount",
                        amount,
                        "--key",
                        ledger.alice.file());

        assertThat(said)
                .isEqualTo(
                        "2: mitoyen transfer: --amount: "
                                + amount
                                + " "
                                + why
                                + "; see mitoyen transfer --help\n");
        assertThat(ledger.node.posted()).hasSize(2);
    }

    @Test
    void aMistypedIdIsRefusedBeforeAnythingIsAsked() {
        String id = bob.toString();
        String mistyped =
                id.substring(0, 20) + (id.charAt(20) == 'q' ? 'p' : 'q') + id.substring(21);

        assertThat(
                        ledger.run(
                                "transfer",
                                "--from",
                                alice,
                                "--to",
                                mistyped,
                                "--asset",
                                "EUR",
                                "--amount",
                                "1",
                                "--key",
                                ledger.alice.file()))
                .startsWith("2: mitoyen transfer: Invalid value for option '--to': " + mistyped)
                .contains("is mistyped: its checksum does not hold")
                .hasLineCount(1);
    }

    @Test
    void theReferenceIsACommitmentThatTheSaltOpens() {
        String salt = "ab".repeat(32);
        String said =
                ledger.run(
                        "transfer",
                        "--from",
                        alice,
                        "--to",
                        bob,
                        "--asset",
                        "EUR",
                        "--amount",
                        "1",
                        "--key",
                        ledger.alice.file(),
                        "--reference",
                        "rent of May",
                        "--salt",
                        salt);

        Digest commitment =
                Commitment.of(Digest.parse(salt), "rent of May".getBytes(StandardCharsets.UTF_8));
        assertThat(said).contains("reference " + commitment);
        assertThat(value(said, "salt")).isEqualTo(salt);
    }

    @Test
    void aSaltByChanceIsAnotherEachTimeAndToldToWhoeverKeepsIt() {
        String first = transfer("1", "--reference", "x");
        String second = transfer("1", "--reference", "x");

        assertThat(value(first, "salt")).hasSize(64).isNotEqualTo(value(second, "salt"));
    }

    @Test
    void aLostAnswerIsAskedForWithTheSameBytes() {
        ledger.node.loseAnswers(2);

        assertThat(lastLine(transfer("5")))
                .isEqualTo("accepted before: the same transaction was there");
        List<ByteString> sent = ledger.node.posted().subList(2, ledger.node.posted().size());
        assertThat(sent).hasSizeGreaterThanOrEqualTo(3);
        assertThat(sent).containsOnly(sent.getFirst());
        assertThat(ledger.node.balance(bob, "EUR")).isEqualTo(5_000_000);
    }

    @Test
    void aBusyNodeIsAskedAgain() {
        ledger.node.beBusy(2);

        assertThat(lastLine(transfer("5"))).isEqualTo("accepted in block 3");
    }

    @Test
    void aNodeThatCannotAnswerYetIsAskedAgain() {
        ledger.node.beBehind(2);
        assertThat(ledger.run("account", "show", alice)).startsWith("0: ");

        ledger.node.beBehind(100);
        assertThat(ledger.run("account", "show", alice))
                .startsWith("2: mitoyen: " + ledger.node.url())
                .contains(": cannot answer yet; try again in a moment");
    }

    @Test
    void nothingIsSignedForAForeignLedger() {
        String foreign = "11".repeat(32);

        assertThat(transfer("1", "--genesis", foreign))
                .isEqualTo(
                        "1: "
                                + ledger.node.url()
                                + ": keeps the ledger "
                                + ledger.genesis.hash()
                                + ", not "
                                + foreign
                                + "; nothing was signed or sent\n");
        assertThat(ledger.node.posted()).hasSize(2);
        assertThat(transfer("1", "--genesis", ledger.genesis.hash())).startsWith("0: ");
    }

    @Test
    void aNodeThatIsNotThereIsBadInput() {
        assertThat(
                        LedgerCommands.runAnywhere(
                                "transfer",
                                "--from",
                                alice,
                                "--to",
                                bob,
                                "--asset",
                                "EUR",
                                "--amount",
                                "1",
                                "--key",
                                ledger.alice.file(),
                                "--node",
                                "http://127.0.0.1:1"))
                .isEqualTo(
                        "2: mitoyen: http://127.0.0.1:1: cannot be reached; is the node running?"
                                + " name another with --node\n");
    }

    @Test
    void aDryRunSignsAndSendsNothing() {
        String said = transfer("1", "--dry-run");

        assertThat(said).startsWith("0: ").contains("diagnostic: {\"id\": h'");
        assertThat(value(said, "body")).matches("(?:[0-9a-f]{2})+");
        assertThat(ledger.node.posted()).hasSize(2);
    }

    @Test
    void jsonIsOneObjectForEveryAnswer() {
        JsonNode accepted = json(transfer("1", "--json"));
        assertThat(accepted.path("answer").asString()).isEqualTo("accepted");
        assertThat(accepted.path("height").asLong()).isEqualTo(3);
        assertThat(accepted.path("sender").asString()).isEqualTo(alice.toString());

        JsonNode rejected = json(transfer("1000", "--json"));
        assertThat(rejected.path("answer").asString()).isEqualTo("rejected");
        assertThat(rejected.path("module").asString()).isEqualTo("account");
        assertThat(rejected.path("number").asInt()).isEqualTo(29);
        assertThat(rejected.path("step").asInt(-1)).isZero();
    }

    @Test
    void aHoldIsReservedShownAndPostedInPart() {
        String said = reserve("20");
        String hold = value(said, "hold");

        assertThat(
                        ledger.node
                                .state()
                                .account()
                                .pending()
                                .find(new PendingId(ByteString.parseHex(hold))))
                .isPresent();
        assertThat(ledger.run("hold", "show", hold))
                .startsWith("0: 20.00 EUR of " + alice + " for " + bob + ", until ");
        assertThat(
                        ledger.run(
                                "hold",
                                "post",
                                hold,
                                "--asset",
                                "EUR",
                                "--amount",
                                "7.50",
                                "--key",
                                ledger.bob.file()))
                .startsWith("0: ")
                .contains("1. post 7500000u of the hold " + hold, "amount: 7.50 EUR\n");
        assertThat(ledger.node.balance(bob, "EUR")).isEqualTo(7_500_000);
        assertThat(ledger.run("hold", "show", hold))
                .isEqualTo("1: " + hold + ": nothing is reserved under this id\n");
    }

    @Test
    void aHoldIsVoidedByItsPayeeAndNotByItsPayer() {
        String hold = value(reserve("20"), "hold");

        assertThat(lastLine(ledger.run("hold", "void", hold, "--key", ledger.alice.file())))
                .isEqualTo("rejected at step 1: those who signed may not do this for the account");
        assertThat(ledger.run("hold", "void", hold, "--key", ledger.bob.file())).startsWith("0: ");
    }

    @Test
    void anAssetIsCreatedMintedLimitedAndBurnt() {
        Object key = ledger.founder.file();
        AccountId founder = ledger.founder.account();
        assertThat(
                        ledger.run(
                                "asset",
                                "create",
                                "hour",
                                "--issuer",
                                founder,
                                "--purpose",
                                "hours of help",
                                "--cap",
                                "1000",
                                "--key",
                                key))
                .startsWith("0: ")
                .contains("may owe 0 hour; passkeys need not verify their user; purpose ");
        assertThat(
                        ledger.run(
                                "asset",
                                "mint",
                                "--asset",
                                "hour",
                                "--amount",
                                "10",
                                "--to",
                                founder,
                                "--key",
                                key))
                .startsWith("0: ");
        assertThat(ledger.run("asset", "burn", "--asset", "hour", "--amount", "4", "--key", key))
                .startsWith("0: ");
        assertThat(
                        ledger.run(
                                "asset",
                                "limit",
                                "--asset",
                                "hour",
                                "--account",
                                bob,
                                "--owing",
                                "3",
                                "--key",
                                key))
                .startsWith("0: ");
        assertThat(ledger.node.balance(founder, "hour")).isEqualTo(6);
        assertThat(
                        ledger.run(
                                "transfer",
                                "--from",
                                bob,
                                "--to",
                                alice,
                                "--asset",
                                "hour",
                                "--amount",
                                "3",
                                "--key",
                                ledger.bob.file()))
                .startsWith("0: ");
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

    private String reserve(String amount) {
        return ledger.run(ledger.reserving(amount, "PT30M"));
    }

    private static JsonNode json(String said) {
        return JSON.readTree(said.substring(3));
    }
}
