package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.node.cometbft.CometRpc;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The few questions that the light client of another node's CometBFT asks, in CometBFT's own form:
/// so that a newcomer can begin from a snapshot (`CE-15`), while CometBFT's interface stays on the
/// loopback. What is passed on is written anew, word by word.
final class EngineRoutes {
    private static final Logger LOG = Logger.getLogger(EngineRoutes.class.getName());
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS =
            Set.of("commit", "validators", "consensus_params", "status");
    private static final Set<String> PARAMETERS = Set.of("height", "page", "per_page");
    private static final int MOST_BYTES = 1 << 12;
    private static final String DETAIL =
            "a question in JSON-RPC: commit, validators, consensus_params or status";

    private final Optional<CometRpc> rpc;

    /// @param rpc of the engine; empty where the node orders alone
    EngineRoutes(Optional<CometRpc> rpc) {
        this.rpc = rpc;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.post(ApiPaths.ENGINE, this::ask);
    }

    private void ask(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        if (rpc.isEmpty()) {
            Problems.send(request, response, ApiFault.NO_LIGHT_BLOCK);
            return;
        }
        Optional<Map<String, Object>> question = question(request);
        if (question.isEmpty()) {
            Problems.send(request, response, ApiFault.PARAMETER_MALFORMED, DETAIL);
            return;
        }
        byte[] answer;
        try {
            answer = rpc.get().pass(question.get());
        } catch (IOException silent) {
            LOG.log(Level.WARNING, "CometBFT does not answer: {0}", silent.toString());
            Problems.send(request, response, ApiFault.ENGINE_SILENT);
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(answer);
    }

    /// What is asked, if it may be.
    private static Optional<Map<String, Object>> question(ServerRequest request)
            throws IOException {
        byte[] body;
        try (InputStream in = request.content().inputStream()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return question(JSON.readTree(body));
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, Object>> question(JsonNode asked) {
        String method = asked.path("method").asString("");
        JsonNode id = asked.path("id");
        if (!METHODS.contains(method) || !id.isIntegralNumber()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : asked.path("params").properties()) {
            String value = each.getValue().asString("");
            if (!PARAMETERS.contains(each.getKey()) || !value.matches("[0-9]{1,15}")) {
                return Optional.empty();
            }
            parameters.put(each.getKey(), value);
        }
        SequencedMap<String, Object> question = new LinkedHashMap<>();
        question.put("jsonrpc", "2.0");
        question.put("id", id.asLong());
        question.put("method", method);
        question.put("params", parameters);
        return Optional.of(question);
    }
}
