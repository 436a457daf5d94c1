package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.running.Answer;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.People;
import mitoyen.node.running.Street;
import mitoyen.node.threads.FairQueue.Admission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `openapi.yaml` and the server held against each other, both ways.
class ContractTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode contract = read();

    @Test
    void everyPathOfTheServerIsInTheContractWithItsMethodsAndNoOther() {
        SortedMap<String, List<String>> written = new TreeMap<>();
        contract.path("paths")
                .properties()
                .forEach(path ->
                        written.put(
                                path.getKey(),
                                path.getValue().properties().stream()
                                        .map(method -> method.getKey().toUpperCase(Locale.ROOT))
                                        .toList()));

        assertThat(written).isEqualTo(new TreeMap<>(ApiPaths.METHODS));
    }

    @Test
    void everyExampleIsOfItsSchema() {
        List<String> wrong = new ArrayList<>();
        for (Documented each : responses()) {
            JsonNode example = each.content().path("example");
            if (!example.isMissingNode()) {
                check(each.content().path("schema"), example, each.name(), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyDocumentedAnswerIsGivenByARunningServer(@TempDir Path folder) throws Exception {
        List<String> wrong = new ArrayList<>();
        int provoked = 0;
        try (NodeFixture first = new NodeFixture(folder.resolve("1"));
                NodeFixture second =
                        new NodeFixture(
                                folder.resolve("2"),
                                People.genesis(),
                                10_000,
                                InstantSource.system());
                NodeFixture pruned = PrunedFolder.startPruned(folder.resolve("3"))) {
            first.post(first.street.found("solaire").toBytes());
            first.post(first.street.settle("solaire", 0).toBytes());
            first.post(first.street.claim("solaire", 2, 5).toBytes());
            String hold = reserved(second);
            String gone = PrunedFolder.anyPruned(folder.resolve("3"));
            for (Documented each : responses()) {
                JsonNode request = each.response().path("x-request");
                if (request.isMissingNode()) {
                    boolean stream = each.type().equals("text/event-stream");
                    boolean elsewhere = each.response().has("x-tested");
                    assertThat(stream || elsewhere).as(each.name()).isTrue();
                    continue;
                }
                provoked++;
                NodeFixture node =
                        switch (request.path("ledger").asInt(1)) {
                            case 1 -> first;
                            case 2 -> second;
                            default -> pruned;
                        };
                HttpResponse<String> answer = ask(node, request, hold, gone);
                assertThat(answer.statusCode())
                        .as("%s: %s", each.name(), answer.body())
                        .isEqualTo(Integer.parseInt(each.status()));
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .as(each.name())
                        .startsWith(each.type());
                JsonNode example = each.content().path("example");
                if (!example.isMissingNode()) {
                    JsonNode body = NodeFixture.json(answer);
                    check(each.content().path("schema"), body, each.name(), wrong);
                    assertThat(names(body)).as(each.name()).isEqualTo(names(example));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(provoked).isGreaterThan(35);
    }

    /// Whoever is to wait is told how long.
    @ParameterizedTest
    @CsvSource({
        "SENDER_FULL, 429, SENDER_BUSY",
        "FULL, 503, NODE_BUSY",
        "CLOSED, 503, NODE_CLOSED"
    })
    void whoIsNotTakenInNowIsToldAsDocumented(Admission why, String status, String name)
            throws Exception {
        HttpResponse<String> answer = post(new Ordering.Taken.NotNow(why));
        assertAsDocumented("post /api/v1/transactions " + status, answer);
        assertThat(NodeFixture.json(answer).path("name").asString()).isEqualTo(name);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void whoseOutcomeNobodyKnowsIsToldAsDocumented() throws Exception {
        HttpResponse<String> answer =
                post(
                        new Ordering.Taken.In(
                                CompletableFuture.completedFuture(new Answer.Unknown())));
        assertAsDocumented("post /api/v1/transactions 503", answer);
        assertThat(NodeFixture.json(answer).path("name").asString()).isEqualTo("OUTCOME_UNKNOWN");
    }

    /// One of several whose engine does not run does not know what the others know.
    @Test
    void aNodeThatIsBehindSaysSoAsDocumented(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("genesis.cbor"), People.shared().toBytes());
        Path file =
                Files.writeString(
                        folder.resolve("node.yaml"),
                        """
                        version: 1
                        folder: node
                        genesis: genesis.cbor
                        http: {port: 0}
                        cometbft:
                          start: false
                          home: cometbft
                          application: tcp://127.0.0.1:0
                          rpc: 127.0.0.1:1
                        """);
        try (RunningNode node =
                        RunningNode.start(
                                NodeFile.read(file),
                                new RealDisk(),
                                new SecureRandom(),
                                InstantSource.system());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> health =
                    client.send(
                            HttpRequest.newBuilder(node.address().resolve(ApiPaths.READY)).build(),
                            BodyHandlers.ofString());
            assertAsDocumented("get /health/ready 503", health);
            HttpResponse<String> behind = post(client, node.address());
            assertAsDocumented("post /api/v1/transactions 503", behind);
            assertThat(NodeFixture.json(behind).path("name").asString()).isEqualTo("NODE_BEHIND");
        }
    }

    private void assertAsDocumented(String name, HttpResponse<String> answer) {
        Documented documented =
                responses().stream()
                        .filter(each -> each.name().equals(name))
                        .findAny()
                        .orElseThrow();
        List<String> wrong = new ArrayList<>();
        assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(Integer.parseInt(documented.status()));
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith(documented.type());
        check(documented.content().path("schema"), NodeFixture.json(answer), name, wrong);
        assertThat(wrong).isEmpty();
    }

    /// What is answered to a transaction of which an engine says this.
    private static HttpResponse<String> post(Ordering.Taken taken) throws Exception {
        Ordering ordering =
                new Ordering() {
                    @Override
                    public Taken submit(byte[] bytes) {
                        return taken;
                    }

                    @Override
                    public Optional<String> findHalt() {
                        return Optional.empty();
                    }

                    @Override
                    public int waiting() {
                        return 0;
                    }

                    @Override
                    public void close() {}
                };
        TransactionRoutes routes =
                new TransactionRoutes(
                        ordering, new NodeMetrics(), 1_000, 10_000, _ -> Optional.of(List.of()));
        try (ApiServer server = NodeFixture.serve(1_000, routes::addTo);
                HttpClient client = HttpClient.newHttpClient()) {
            return post(client, server.address("127.0.0.1"));
        }
    }

    private static HttpResponse<String> post(HttpClient client, URI node) throws Exception {
        return client.send(
                HttpRequest.newBuilder(node.resolve(ApiPaths.TRANSACTIONS))
                        .header("Content-Type", "application/cbor")
                        .POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3}))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aSchemaThatIsBrokenIsSeen() {
        List<String> wrong = new ArrayList<>();
        JsonNode schema = contract.at("/components/schemas/Meaning");
        check(schema, JSON.readTree("{\"module\": 1, \"surplus\": true}"), "x", wrong);

        assertThat(wrong).hasSize(7);
    }

    @Test
    void thePageAndAllItNeedsComeFromTheServerItself(@TempDir Path folder) throws Exception {
        try (NodeFixture node = new NodeFixture(folder)) {
            HttpResponse<String> page = node.get("/api");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("script-src 'self'");
            assertThat(page.body()).doesNotContain("http:", "https:", "<style", "style=");
            for (String needed :
                    List.of("/api/api.js", "/api/swagger-ui.js", "/api/swagger-ui.css")) {
                assertThat(page.body().contains(needed)).isTrue();
                assertThat(node.get(needed).statusCode()).as(needed).isEqualTo(200);
            }
        }
    }

    /// What is said of accounts of version 2, and of refused steps, is of the schemas as well.
    @Test
    void whatVersion2AddsIsOfItsSchema(@TempDir Path folder) throws Exception {
        List<String> wrong = new ArrayList<>();
        try (NodeFixture node =
                new NodeFixture(folder, People.genesis(), 10_000, InstantSource.system())) {
            HttpResponse<String> account =
                    node.get("/api/v1/accounts/" + People.account("founder"));
            check(schema("Account"), NodeFixture.json(account), "account", wrong);
            assertThat(names(NodeFixture.json(account)))
                    .contains("signers", "threshold", "closed", "delegations");

            node.post(node.people.open("ana").toBytes());
            node.post(node.people.open("bea").toBytes());
            HttpResponse<String> refused =
                    node.post(node.people.pay("ana", "bea", 5, 1_000_000).toBytes());
            check(schema("Problem"), NodeFixture.json(refused), "problem", wrong);
            assertThat(NodeFixture.json(refused).path("step").asInt(0)).isEqualTo(1);
            String id = NodeFixture.json(refused).path("id").asString();
            HttpResponse<String> looked = node.get("/api/v1/transactions/" + id);
            check(schema("Transaction"), NodeFixture.json(looked), "transaction", wrong);
            assertThat(NodeFixture.json(looked).path("step").asInt(0)).isEqualTo(1);
        }
        assertThat(wrong).isEmpty();
    }

    private JsonNode schema(String name) {
        return contract.at("/components/schemas/" + name);
    }

    /// Has something reserved on a ledger of version 2.
    private static String reserved(NodeFixture node) throws Exception {
        node.post(node.people.open("ana").toBytes());
        node.post(node.people.open("bea").toBytes());
        SignedTransaction reserve =
                node.people.reserve("ana", "bea", 2_000, System.currentTimeMillis() + 1_000_000);
        assertThat(node.post(reserve.toBytes()).statusCode()).isEqualTo(200);
        return People.hold(reserve, node.genesis).toString();
    }

    private HttpResponse<String> ask(NodeFixture node, JsonNode request, String hold, String gone)
            throws IOException, InterruptedException {
        if (!request.has("body")) {
            String path =
                    request.path("path")
                            .asString()
                            .replace("{found solaire}", Street.id("found solaire"))
                            .replace("{hold}", hold)
                            .replace("{pruned}", gone)
                            .replace("{ana}", Street.account("ana").toString())
                            .replace("{nobody}", Street.account("nobody").toString());
            return node.get(path);
        }
        return node.send(
                node.request(
                                request.path("path").asString(ApiPaths.TRANSACTIONS),
                                "Content-Type",
                                request.path("type").asString("application/cbor"))
                        .POST(BodyPublishers.ofByteArray(body(node, request)))
                        .build());
    }

    private static byte[] body(NodeFixture node, JsonNode request) {
        return switch (request.path("body").asString()) {
            case "found solaire" -> node.street.found("solaire").toBytes();
            case "settle nobody" -> node.street.settle("nobody", 0).toBytes();
            case "bundle" ->
                    new Bundle(
                                    List.of(
                                            ByteString.of(node.street.found("solaire").toBytes()),
                                            ByteString.of(new byte[] {1, 2, 3})))
                            .toBytes();
            case "garbage" -> new byte[] {1, 2, 3};
            case "large" -> new byte[node.genesis.parameters().transactionBytes() + 1];
            case "tampered" -> {
                byte[] bytes = node.street.found("tampered").toBytes();
                bytes[bytes.length - 1] ^= 1;
                yield bytes;
            }
            default -> throw new AssertionError(request);
        };
    }

    /// A documented answer.
    private record Documented(
            String name, String status, JsonNode response, String type, JsonNode content) {}

    private List<Documented> responses() {
        List<Documented> all = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method ->
                                        method.getValue()
                                                .path("responses")
                                                .properties()
                                                .forEach(response ->
                                                        all.add(
                                                                documented(
                                                                        method.getKey()
                                                                                + " "
                                                                                + path.getKey(),
                                                                        response)))));
        return all;
    }

    private static Documented documented(String name, Map.Entry<String, JsonNode> response) {
        var content = response.getValue().path("content").properties().iterator().next();
        return new Documented(
                name + " " + response.getKey(),
                response.getKey(),
                response.getValue(),
                content.getKey(),
                content.getValue());
    }

    /// The part of JSON Schema that the contract uses.
    private void check(JsonNode schema, JsonNode value, String at, List<String> wrong) {
        if (schema.has("$ref")) {
            check(contract.at(schema.path("$ref").asString().substring(1)), value, at, wrong);
            return;
        }
        String type = schema.path("type").asString("any");
        boolean fits =
                switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "boolean" -> value.isBoolean();
                    case "any" -> true;
                    default -> throw new AssertionError(type);
                };
        if (!fits) {
            wrong.add(at + " is no " + type + ": " + value);
            return;
        }
        if (schema.has("pattern") && !value.asString().matches(schema.path("pattern").asString())) {
            wrong.add(at + " is not " + schema.path("pattern") + ": " + value);
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            wrong.add(at + " is none of " + schema.path("enum") + ": " + value);
        }
        if (type.equals("array")) {
            value.forEach(item -> check(schema.path("items"), item, at + "[]", wrong));
        }
        JsonNode properties = schema.path("properties");
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                wrong.add(at + " lacks " + required.asString());
            }
        }
        value.properties()
                .forEach(field -> {
                    if (properties.has(field.getKey())) {
                        check(
                                properties.path(field.getKey()),
                                field.getValue(),
                                at + "." + field.getKey(),
                                wrong);
                    } else if (schema.has("additionalProperties")) {
                        wrong.add(at + " has the unknown " + field.getKey());
                    }
                });
    }

    private static SortedSet<String> names(JsonNode object) {
        SortedSet<String> names = new TreeSet<>();
        object.properties().forEach(field -> names.add(field.getKey()));
        return names;
    }

    private static JsonNode read() {
        try (InputStream in =
                Objects.requireNonNull(ApiServer.class.getResourceAsStream("openapi.yaml"))) {
            return JSON.valueToTree(
                    new Load(LoadSettings.builder().build()).loadFromInputStream(in));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
