package mitoyen.node.command;

import static mitoyen.node.command.LedgerCommands.lastLine;
import static mitoyen.node.command.LedgerCommands.runAnywhere;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.node.api.RunningNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `proof`, against the node itself and against one that lies.
final class ProofCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ROOT = Pattern.compile("root ([0-9a-f]{64}) over ([0-9]+) blocks");
    private static final String ZEROS = "00".repeat(32);

    @TempDir private Path folder;
    private LedgerCommands ledger;
    private RunningNode node;

    @BeforeEach
    void start() throws Exception {
        ledger = new LedgerCommands(folder);
        node = ledger.startNode();
        for (var each : List.of(ledger.alice, ledger.bob)) {
            assertThat(run("account", "open", "--signer", each.key(), "--key", founder()))
                    .startsWith("0: ");
        }
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        ledger.close();
    }

    @Test
    void aBalanceIsProvedAgainstTheRootThatIsTrustedAlsoWhenTheLedgerWentOn() {
        transfer("12.50");
        String own = balance();
        assertThat(own).startsWith("0: ").contains("against the node itself nothing is proved");
        Object[] trusted = trusted(own);

        assertThat(balance(trusted))
                .isEqualTo(
                        "0: The proof leads to the root "
                                + trusted[1]
                                + " over 3 blocks.\nProved: after block 3, the balance of "
                                + ledger.bob.account()
                                + " is 12.50 EUR, with 0.00 EUR reserved.\n");
        transfer("1");
        assertThat(balance(trusted))
                .startsWith("0: The node’s ledger of 4 blocks goes on from the 3 blocks that you")
                .contains("is 13.50 EUR");
        assertThat(balance("--root", ZEROS, "--height", 4))
                .isEqualTo("1: Not proved: the block does not lead to the root that you trust.\n");
        assertThat(balance("--root", ZEROS, "--height", 3))
                .startsWith("1: Not proved: the node’s ledger does not go on from the root");
        assertThat(balance("--root", ZEROS, "--height", 9))
                .startsWith("1: Not proved: the node has 4 blocks, and the root that you");
        assertThat(balance("--root", ZEROS)).startsWith("2: ").contains("give --height too");
        assertThat(run("proof", "balance", ledger.bob.account(), "--asset", "sun"))
                .contains("nothing ever moved on " + ledger.bob.account() + " in sun");
    }

    @Test
    void aReceiptSaysWhatWasAnsweredAndAnyOtherTransactionHasNone() {
        String accepted = json(transfer("1", "--json")).path("id").asString();
        String refused = json(transfer("1000", "--json")).path("id").asString();

        assertThat(lastLine(run("proof", "receipt", accepted)))
                .startsWith("Proved: block 3 answered “accepted” to the bytes whose SHA-256 is");
        assertThat(lastLine(run("proof", "receipt", refused)))
                .startsWith("Proved: block 4 answered “rejected: the account does not have that");
        assertThat(run("proof", "receipt", "00".repeat(16)))
                .isEqualTo("1: Not proved: the node has no such proof.\n");
        String sent = json(transfer("1", "--json")).path("sent").asString();
        String meant = json(run("proof", "receipt", accepted, "--json")).path("sent").asString();
        assertThat(lastLine(run("proof", "receipt", accepted, "--sent", meant)))
                .startsWith("Proved: block 3 answered “accepted” to the bytes whose SHA-256 is");
        assertThat(run("proof", "receipt", accepted, "--sent", sent)).startsWith("1: Not proved: ");
        JsonNode said = json(run("proof", "receipt", refused, "--json"));
        assertThat(said.path("proved").asBoolean(false)).isTrue();
        assertThat(said.path("trusted").asString()).isEqualTo("node");
        assertThat(said.path("module").asString()).isEqualTo("account");
        assertThat(said.path("step").asInt(-1)).isZero();
    }

    @Test
    void aProofThatIsKeptIsCheckedWithoutANode() throws Exception {
        transfer("2");
        Path kept = folder.resolve("kept.proof");
        Object[] trusted = trusted(balance("--out", kept));
        assertThat(balance("--out", kept)).startsWith("2: ").contains("exists already");

        assertThat(check(kept, trusted)).startsWith("0: Proved: ").contains("is 2.00 EUR");
        assertThat(check(kept, "--root", ZEROS, "--height", 3)).startsWith("1: Not proved: ");
        byte[] bytes = Files.readAllBytes(kept);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] changed = bytes.clone();
            changed[at] ^= 4;
            Path file = Files.write(folder.resolve("changed.proof"), changed);
            assertThat(check(file, trusted)).as("byte %d", at).startsWith("1: Not proved: ");
        }
        transfer("3");
        Path grown = folder.resolve("grown.proof");
        String growth = run(with(List.of("proof", "growth", "--out", grown), trusted));
        assertThat(lastLine(growth))
                .isEqualTo("Proved: the ledger of 4 blocks goes on from the one of 3 blocks.");
        Object[] later = trusted(balance());
        assertThat(
                        check(
                                grown,
                                with(
                                        List.of(trusted),
                                        "--later-root",
                                        later[1],
                                        "--later-height",
                                        later[3])))
                .isEqualTo("0: " + lastLine(growth) + "\n");
        assertThat(check(grown, trusted)).contains("a proof of another kind");
        assertThat(run("proof", "growth", "--root", ZEROS, "--height", 9))
                .startsWith("1: Not proved: the node has 4 blocks");
        Path none = folder.resolve("none.proof");
        assertThat(balance("--root", ZEROS, "--height", 4, "--out", none)).startsWith("1: ");
        assertThat(none).doesNotExist();
        assertThat(run("proof", "growth", "--root", ZEROS, "--height", 3))
                .startsWith("1: Not proved: the later root does not follow");
    }

    @Test
    void anyEntryIsProvedAndWhatIsNoneOfTheStatesIsSaid() {
        assertThat(lastLine(run("proof", "entry", "account/pending", "00".repeat(16))))
                .startsWith("Proved: after block 2, the part account/pending of the state holds")
                .contains("nothing under");
        String holder = ledger.alice.account().bytes().toString();
        JsonNode said = json(run("proof", "entry", "account/holders", holder, "--json"));
        assertThat(said.path("value").asString()).contains(ledger.alice.key().toString());
        assertThat(run("proof", "entry", "nonsense", "00")).startsWith("2: ");
        assertThat(run("proof", "entry", "ids", "00")).startsWith("1: Not proved: the node has");
    }

    /// LI-5: a node that orders alone has no header of an engine, whatever is trusted.
    @Test
    void aNodeThatOrdersAloneHasNoHeadersToFollow() {
        String header = "14:" + ZEROS;
        String missing = "1: Not proved: the node has no header of the engine of height 14.\n";

        assertThat(run("proof", "light", "--trust", header)).isEqualTo(missing);
        assertThat(balance("--light", header)).isEqualTo(missing);
        assertThat(balance("--light", header, "--root", ZEROS, "--height", 3))
                .startsWith("2: ")
                .contains("leave --root and --height out");
        assertThat(run("proof", "growth", "--light", header)).startsWith("2: ");
        assertThat(run("proof", "light", "--trust", "0:" + ZEROS))
                .startsWith("2: ")
                .contains("is not a height, a colon and 64 hexadecimal digits");
    }

    @Test
    void aNodeThatProvesSomethingElseIsCaught() throws Exception {
        String paid = json(transfer("2", "--json")).path("id").asString();
        String other = json(transfer("3", "--json")).path("id").asString();
        Object[] trusted = trusted(balance());
        String alice = ledger.alice.account().toString();
        String bob = ledger.bob.account().toString();

        assertThat(
                        fromLiar(
                                "proofs/accounts/" + bob,
                                "proofs/accounts/" + alice,
                                with(List.of("proof", "balance", bob, "--asset", "EUR"), trusted)))
                .isEqualTo(
                        "1: Not proved: the node proves something else than it was asked for.\n");
        for (String about : List.of("proofs/transactions/", "/transactions/")) {
            assertThat(
                            fromLiar(
                                    about + paid,
                                    about + other,
                                    with(List.of("proof", "receipt", paid), trusted)))
                    .as(about)
                    .startsWith("1: Not proved: the node proves something else");
        }
    }

    /// Runs a command against a node that answers to one thing with another.
    private String fromLiar(String asked, String answered, Object... arguments) throws Exception {
        HttpServer liar =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (HttpClient client = HttpClient.newHttpClient()) {
            liar.createContext("/", exchange -> pass(exchange, client, asked, answered));
            liar.start();
            return runAnywhere(
                    with(
                            List.of(arguments),
                            "--node",
                            "http://127.0.0.1:" + liar.getAddress().getPort()));
        } finally {
            liar.stop(0);
        }
    }

    private void pass(HttpExchange exchange, HttpClient client, String asked, String answered)
            throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            boolean lies = !asked.startsWith("/") || !path.contains("/proofs/");
            String other = path.replaceAll("\\Q" + asked + "\\E(\\?sent=.*)?", answered);
            URI uri = node.address().resolve(lies ? other : path);
            String accept = exchange.getRequestHeaders().getFirst("Accept");
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).header("Accept", accept).build(),
                            BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String balance(Object... more) {
        return run(with(List.of("proof", "balance", ledger.bob.account(), "--asset", "EUR"), more));
    }

    private static String check(Path file, Object... more) {
        return runAnywhere(with(List.of("proof", "check", file), more));
    }

    /// The options that trust what a command said.
    private static Object[] trusted(String said) {
        Matcher root = ROOT.matcher(said);
        assertThat(root.find()).as(said).isTrue();
        return new Object[] {"--root", root.group(1), "--height", root.group(2)};
    }

    private String transfer(String amount, Object... more) {
        return run(
                with(
                        List.of(
                                "transfer",
                                "--from",
                                ledger.alice.account(),
                                "--to",
                                ledger.bob.account(),
                                "--asset",
                                "EUR",
                                "--amount",
                                amount,
                                "--key",
                                ledger.alice.file()),
                        more));
    }

    private Path founder() {
        return ledger.founder.file();
    }

    private String run(Object... arguments) {
        return runAnywhere(with(Arrays.asList(arguments), "--node", node.address()));
    }

    private static JsonNode json(String said) {
        return JSON.readTree(said.substring(3));
    }

    private static Object[] with(List<?> arguments, Object... more) {
        List<Object> all = new ArrayList<>(arguments);
        Stream.of(more).forEach(all::add);
        return all.toArray();
    }
}
