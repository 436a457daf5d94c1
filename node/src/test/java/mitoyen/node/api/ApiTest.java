package mitoyen.node.api;

import static mitoyen.node.api.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import mitoyen.node.running.Street;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private NodeFixture node;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        node = new NodeFixture(folder);
    }

    @AfterAll
    void stop() throws IOException {
        node.close();
    }

    @Test
    void anAcceptedTransactionIsThereAtOnceAndExistsWhenSentAgain() throws Exception {
        byte[] founding = node.street.found("solaire").toBytes();
        HttpResponse<String> accepted = node.post(founding);
        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(json(accepted).path("answer").asString()).isEqualTo("accepted");
        String id = json(accepted).path("id").asString();
        assertThat(id).isEqualTo(Street.id("found solaire"));

        HttpResponse<String> again = node.post(founding);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("answer").asString()).isEqualTo("exists");

        JsonNode found = json(node.get("/api/v1/transactions/" + id));
        assertThat(found.path("answer").asString()).isEqualTo("accepted");
        assertThat(found.path("height").asLong()).isEqualTo(json(accepted).path("height").asLong());
        assertThat(found.at("/events/0/type").asString()).isEqualTo("energy.community-founded");
        assertThat(found.at("/transaction/body/$cbor/step/found-community/community").asString())
                .isEqualTo("solaire");
    }

    @Test
    void ofManySentAtOnceEachIsAnsweredInItsPlaceAndNoneSpoilsAnother() throws Exception {
        byte[] tampered = node.street.found("tampered").toBytes();
        tampered[tampered.length - 1] ^= 1;
        byte[] founding = node.street.found("bundled").toBytes();
        List<byte[]> sent =
                List.of(
                        founding,
                        tampered,
                        new byte[] {1, 2, 3},
                        node.street.settle("bundled", 0).toBytes(),
                        node.street.settle("nobody", 0).toBytes(),
                        founding);
        HttpResponse<String> answer = node.postAll(sent);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(
                        json(answer)
                                .path("answers")
                                .valueStream()
                                .map(each ->
                                        each.path("status").asInt()
                                                + " "
                                                + each.path("answer")
                                                        .asString(each.path("name").asString(""))))
                .containsExactly(
                        "200 accepted",
                        "422 SIGNATURE_INVALID",
                        "400 MALFORMED",
                        "200 accepted",
                        "409 COMMUNITY_NOT_FOUND",
                        "200 exists");
    }

    @Test
    void asManyAsABlockTakesCanBeSentAtOnceAndNoMore() throws Exception {
        int most = node.genesis.parameters().bundleTransactions();

        JsonNode answers = json(node.postAll(Collections.nCopies(most, new byte[1])));
        assertThat(answers.path("answers").size()).isEqualTo(most);
        HttpResponse<String> refused = node.postAll(Collections.nCopies(most + 1, new byte[1]));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("name").asString()).isEqualTo("BUNDLE_MALFORMED");
    }

    @Test
    void whatIsShownInJsonCanBeSentInJson() throws Exception {
        node.post(node.street.found("lunaire").toBytes());
        String path = "/api/v1/transactions/" + Street.id("found lunaire");
        String shown = json(node.get(path)).path("transaction").toString();

        HttpResponse<String> again =
                node.post(
                        shown.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json; charset=utf-8");
        assertThat(json(again).path("answer").asString()).isEqualTo("exists");
    }

    @Test
    void anAccountHasBalancesAndMovements() throws Exception {
        node.post(node.street.found("claimed").toBytes());
        JsonNode settled = json(node.post(node.street.settle("claimed", 0).toBytes()));
        long through = settled.path("height").asLong();
        HttpResponse<String> claimed =
                node.post(node.street.claim("claimed", through, 1_230).toBytes());
        assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(200);

        JsonNode ana = json(node.get("/api/v1/accounts/" + Street.account("ana")));
        assertThat(ana.at("/balances/0/balance").asString()).isEqualTo("12300000");
        assertThat(ana.at("/transfers/0/to").asString())
                .isEqualTo(Street.account("ana").toString());
        JsonNode bea = json(node.get("/api/v1/accounts/" + Street.account("bea")));
        assertThat(bea.at("/balances/0/balance").asString()).isEqualTo("-12300000");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/transactions/00112233445566778899aabbccddeeff, 404, NOT_FOUND",
        "/api/v1/transactions/xyz,                              400, PARAMETER_MALFORMED",
        "/api/v1/accounts/mit1nonsense,                         400, PARAMETER_MALFORMED",
        "/api/v1/blocks/999999,                                 404, NOT_FOUND",
        "/api/v1/blocks/-1,                                     400, PARAMETER_MALFORMED",
        "/api/v1/blocks?limit=0,                                400, PARAMETER_MALFORMED",
        "/api/v1/blocks?from=x,                                 400, PARAMETER_MALFORMED",
        "/api/v1/events?after=x,                                400, PARAMETER_MALFORMED",
        "/api/v1/problems/energy/999,                           404, NOT_FOUND",
        "/api/v1/nothing,                                       404, NOT_FOUND",
        "/api/v1/transactions,                                  405, METHOD_NOT_ALLOWED",
    })
    void whatCannotBeAnsweredIsAProblemWithItsName(String path, int status, String name)
            throws Exception {
        HttpResponse<String> response = node.get(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(json(response).path("name").asString()).isEqualTo(name);
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
    }

    /// What came behind the head would be taken for the next answer on the connection.
    @ParameterizedTest
    @CsvSource({"/api/v1/status, 405", "/health/live, 405", "/api/v1/nothing, 404"})
    void headIsRefusedWithoutABody(String path, int status) throws IOException {
        String host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answers = raw("HEAD " + path + host + "GET /api/v1/openapi.yaml" + host, 2_000);
        int end = answers.indexOf("\r\n\r\n") + 4;
        assertThat(answers).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answers.substring(0, end).contains("\r\nAllow: GET\r\n"))
                .isEqualTo(status == 405);
        assertThat(answers.substring(end)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aProblemSpeaksTheReadersLanguageAndItsTypeLeadsToBoth() throws Exception {
        byte[] settlement = node.street.settle("nobody", 0).toBytes();
        HttpResponse<String> refused =
                node.post(settlement, "Content-Type", "application/cbor", "Accept-Language", "fr");

        assertThat(refused.statusCode()).isEqualTo(409);
        JsonNode problem = json(refused);
        assertThat(problem.path("module").asString()).isEqualTo("energy");
        assertThat(problem.path("name").asString()).isEqualTo("COMMUNITY_NOT_FOUND");
        assertThat(problem.path("title").asString())
                .isEqualTo("Cette communauté n’existe pas encore.");
        JsonNode type = json(node.get(problem.path("type").asString()));
        assertThat(type.path("en").asString()).isEqualTo("There is no such community yet.");
        assertThat(type.path("fr").asString()).isEqualTo(problem.path("title").asString());
    }

    @Test
    void whatIsNoTransactionIsRefusedByItsKind() throws Exception {
        byte[] founding = node.street.found("tampered").toBytes();
        founding[founding.length - 1] ^= 1;
        assertThat(node.post(founding).statusCode()).isEqualTo(422);
        assertThat(node.post(new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
        assertThat(node.post(new byte[0]).statusCode()).isEqualTo(400);
        assertThat(node.post(founding, "Content-Type", "text/plain").statusCode()).isEqualTo(415);
        for (String text : List.of("{", "null", "1.5", "{\"a\":1,\"a\":2}", "\"0xz\"", "[[[[")) {
            HttpResponse<String> response =
                    node.post(
                            text.getBytes(StandardCharsets.UTF_8),
                            "Content-Type",
                            "application/json");
            assertThat(response.statusCode()).as(text).isEqualTo(400);
            assertThat(json(response).path("name").asString()).isEqualTo("JSON_MALFORMED");
        }
    }

    @Test
    void eventsAreAStreamForWhoeverTakesOne() throws Exception {
        HttpResponse<String> refused = node.get("/api/v1/events", "Accept", "application/json");

        assertThat(refused.statusCode()).isEqualTo(406);
        assertThat(json(refused).path("name").asString()).isEqualTo("NOT_ACCEPTABLE");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
        byte[] large = new byte[node.genesis.parameters().transactionBytes() + 1];
        HttpResponse<String> declared = node.post(large);
        HttpRequest streamed =
                node.request("/api/v1/transactions", "Content-Type", "application/cbor")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                        .build();

        assertThat(declared.statusCode()).isEqualTo(413);
        assertThat(json(declared).path("name").asString()).isEqualTo("BODY_TOO_LARGE");
        assertThat(node.send(streamed).statusCode()).isEqualTo(413);
    }

    @Test
    void headersThatAreTooLargeAndRequestsThatAreNoneAreRefused() throws Exception {
        String large = "X-Large: " + "x".repeat(18_000) + "\r\n";
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: a\r\n" + large + "\r\n"))
                .startsWith("HTTP/1.1 4");
        String answer =
                raw("GET /%s HTTP/1.1\r\nHost: a\r\n\r\n".formatted("x".repeat(5_000)), 2_000);
        assertThat(answer).startsWith("HTTP/1.1 414").contains("\"status\":414");
        assertThat(raw("nonsense\r\n\r\n")).isIn("", "HTTP/1.1 400");
        assertThat(node.get("/api/v1/status").statusCode()).isEqualTo(200);
    }

    @Test
    void manyWhoSendAtOnceAreEachAnsweredOnce() throws Exception {
        int threads = 8;
        int each = 25;
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            senders.add(Thread.ofVirtual().start(() -> sendAll(number, each, answers)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(answers)
                .hasSize(threads * each)
                .doesNotHaveDuplicates()
                .allMatch(answer -> answer.startsWith("accepted "));
    }

    @Test
    void theBlocksAreAChain() throws Exception {
        node.post(node.street.found("chain").toBytes());
        node.post(node.street.settle("chain", 0).toBytes());
        JsonNode blocks = json(node.get("/api/v1/blocks?from=1&limit=1000")).path("blocks");

        for (int i = 1; i < blocks.size(); i++) {
            assertThat(blocks.get(i).path("previousHash"))
                    .isEqualTo(blocks.get(i - 1).path("hash"));
        }
        JsonNode last = blocks.get(blocks.size() - 1);
        JsonNode whole = json(node.get("/api/v1/blocks/" + last.path("height").asLong()));
        assertThat(whole.path("transactions")).hasSize(last.path("transactionCount").asInt());
    }

    @Test
    void healthAndStatusAndMetricsSayHowTheNodeIs() throws Exception {
        node.post(node.street.found("measured").toBytes());
        JsonNode status = json(node.get("/api/v1/status"));

        assertThat(status.path("ledger").asString()).isEqualTo(node.genesis.hash().toString());
        assertThat(status.path("accepting").asBoolean()).isTrue();
        assertThat(node.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(node.get("/metrics").body())
                .contains(
                        "mitoyen_transactions_total{answer=\"accepted\"}",
                        "mitoyen_block_seconds_bucket",
                        "mitoyen_sync_seconds_bucket",
                        "mitoyen_height ",
                        "mitoyen_waiting ",
                        "process_cpu_seconds_total",
                        "mitoyen_block_written_bytes_total")
                .doesNotContain("mit1");
    }

    private void sendAll(int number, int each, ConcurrentLinkedQueue<String> answers) {
        for (int i = 0; i < each; i++) {
            try {
                byte[] bytes = node.street.found("many-" + number + "-" + i).toBytes();
                JsonNode answer = json(node.post(bytes));
                answers.add(
                        Stream.of("answer", "id")
                                .map(name -> answer.path(name).asString())
                                .reduce((a, b) -> a + " " + b)
                                .orElseThrow());
            } catch (IOException | InterruptedException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    private String raw(String request) throws IOException {
        return raw(request, 12);
    }

    /// The answer's beginning, at most so many bytes of it.
    private String raw(String request, int most) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), node.uri("/").getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(most), StandardCharsets.US_ASCII);
        }
    }
}
