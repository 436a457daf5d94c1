package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import mitoyen.node.cometbft.CometRpc;
import mitoyen.node.cometbft.RecordedComet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// CE-12: what a newcomer's light client may ask, of a CometBFT whose answers were recorded.
final class EngineRoutesTest {
    private static final JsonMapper JSON = new JsonMapper();

    private RecordedComet comet;
    private CometRpc rpc;
    private ApiServer server;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        comet = new RecordedComet(1);
        rpc = new CometRpc(comet.address());
        http = HttpClient.newHttpClient();
        server = serve(Optional.of(rpc));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
        rpc.close();
        comet.close();
    }

    @Test
    void aQuestionIsPassedOnAndAnsweredAsTheEngineDoes() throws Exception { // CE-12
        HttpResponse<byte[]> commit =
                ask(
                        """
                        {"jsonrpc":"2.0","id":7,"method":"commit","params":{"height":"14"}}\
                        """);
        assertThat(commit.statusCode()).isEqualTo(200);
        JsonNode answer = JSON.readTree(commit.body());
        assertThat(answer.at("/result/signed_header/header/height").asString("")).isEqualTo("14");
        assertThat(
                        ask("""
                        {"id":8,"method":"validators",
                         "params":{"height":"14","page":"1","per_page":"100"}}\
                        """)
                                .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "commit",
                "[]",
                "[{\"id\":1,\"method\":\"commit\",\"params\":{}}]",
                "{\"id\":1,\"method\":\"broadcast_tx_sync\",\"params\":{\"tx\":\"AA==\"}}",
                "{\"id\":1,\"method\":\"dump_consensus_state\",\"params\":{}}",
                "{\"id\":1,\"method\":\"commit\",\"params\":{\"height\":\"-1\"}}",
                "{\"id\":1,\"method\":\"commit\",\"params\":{\"height\":\"1 \"}}",
                "{\"id\":1,\"method\":\"commit\",\"params\":{\"height\":{\"a\":1}}}",
                "{\"id\":1,\"method\":\"commit\",\"params\":{\"tx\":\"1\"}}",
                "{\"id\":1.5,\"method\":\"commit\",\"params\":{}}",
                "{\"method\":\"commit\",\"params\":{}}",
                "{\"id\":1,\"method\":\"commit\",\"params\":{},\"method\":\"dial_seeds\"}"
            })
    void anythingElseIsRefused(String question) throws Exception { // CE-12
        assertProblem(ask(question), 400, "PARAMETER_MALFORMED");
    }

    @Test
    void aLongQuestionIsRefusedUnread() throws Exception { // CE-12
        String padded = "{\"id\":1,\"method\":\"status\",\"params\":{}}" + " ".repeat(5_000);
        assertProblem(ask(padded), 400, "PARAMETER_MALFORMED");
    }

    @Test
    void aCometBftThatIsSilentIsSaidToBeAndANodeThatOrdersAloneHasNone() throws Exception {
        comet.close();
        String question = "{\"id\":1,\"method\":\"status\",\"params\":{}}";
        assertProblem(ask(question), 503, "ENGINE_SILENT");
        server.close();
        server = serve(Optional.empty());
        assertProblem(ask(question), 404, "NO_LIGHT_BLOCK");
    }

    private static ApiServer serve(Optional<CometRpc> rpc) throws IOException {
        return NodeFixture.serve(10_000, new EngineRoutes(rpc)::addTo);
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String name) {
        assertThat(response.statusCode()).as(name).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).path("name").asString("")).isEqualTo(name);
    }

    private HttpResponse<byte[]> ask(String question) throws Exception {
        URI engine = server.address("127.0.0.1").resolve(ApiPaths.ENGINE);
        return http.send(
                HttpRequest.newBuilder(engine)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question))
                        .build(),
                BodyHandlers.ofByteArray());
    }
}
