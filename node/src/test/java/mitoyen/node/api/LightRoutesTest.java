package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightBlockCodec;
import mitoyen.node.cometbft.CometRpc;
import mitoyen.node.cometbft.LightBlocks;
import mitoyen.node.cometbft.RecordedComet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// LI-1: light blocks over HTTP, of a CometBFT whose answers were recorded.
final class LightRoutesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CBOR = "application/cbor";

    private RecordedComet comet;
    private CometRpc rpc;
    private ApiServer server;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        comet = new RecordedComet(1);
        rpc = new CometRpc(comet.address());
        http = HttpClient.newHttpClient();
        LightRoutes routes = new LightRoutes(Optional.of(new LightBlocks(rpc)));
        server = NodeFixture.serve(1_000, routes::addTo);
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
        rpc.close();
        comet.close();
    }

    @Test
    void theAnswerSaysWhatTheLightBlockSays() throws Exception {
        JsonNode latest = json(get("latest", "application/json"));
        assertThat(latest.propertyNames())
                .containsExactly("light", "engineHeight", "hash", "timeMillis", "height", "root");
        byte[] bytes = HexFormat.of().parseHex(latest.path("light").asString(""));
        LightBlock block = LightBlockCodec.decode(bytes);
        assertThat(latest.path("engineHeight").asLong(0)).isEqualTo(14);
        assertThat(latest.path("hash").asString(""))
                .isEqualTo(comet.hash(14).toLowerCase(Locale.ROOT));
        assertThat(latest.path("timeMillis").asLong(0)).isEqualTo(block.header().time().millis());
        assertThat(latest.path("height").asLong(0)).isEqualTo(5);
        assertThat(latest.path("root").asString(""))
                .isEqualTo(block.header().anchor().root().toString());
        assertThat(get("latest", CBOR).body()).isEqualTo(bytes);
    }

    @Test
    void itIsFoundByTheHeightOfTheLedgerAndByThatOfTheEngine() throws Exception {
        assertThat(heightOf(get("3", CBOR))).isEqualTo(9);
        assertThat(heightOf(get("headers/3", CBOR))).isEqualTo(3);
        for (String none : List.of("6", "headers/0", "headers/15")) {
            assertProblem(get(none, CBOR), 404, "NO_LIGHT_BLOCK");
        }
        for (String malformed : List.of("x", "-1", "headers/x", "9007199254740992")) {
            assertProblem(get(malformed, CBOR), 400, "PARAMETER_MALFORMED");
        }
    }

    @Test
    void aCometBftThatIsSilentIsSaidToBe() throws Exception {
        comet.close();
        for (String any : List.of("latest", "1", "headers/1")) {
            assertProblem(get(any, CBOR), 503, "ENGINE_SILENT");
        }
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String name) {
        assertThat(response.statusCode()).as(name).isEqualTo(status);
        assertThat(json(response).path("name").asString("")).isEqualTo(name);
    }

    private static long heightOf(HttpResponse<byte[]> response) throws Exception {
        return LightBlockCodec.decode(response.body()).header().height();
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    private HttpResponse<byte[]> get(String which, String type) throws Exception {
        URI light = server.address("127.0.0.1").resolve("/api/v1/light/" + which);
        return http.send(
                HttpRequest.newBuilder(light).header("Accept", type).build(),
                BodyHandlers.ofByteArray());
    }
}
