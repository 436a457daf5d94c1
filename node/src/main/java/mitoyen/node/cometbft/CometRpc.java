package mitoyen.node.cometbft;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import mitoyen.ledger.light.LightBlock;
import mitoyen.node.running.Mempool;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// CometBFT's own interface, JSON-RPC over HTTP, of the process beside this node. For any thread.
public final class CometRpc implements Mempool, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How many validators it gives at once, and how often at most it is asked for more: those of a
    /// ledger are 128 at most.
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 2;

    private final URI address;
    private final HttpClient http;

    /// @param address such as `http://127.0.0.1:26657`
    public CometRpc(URI address) {
        this.address = address;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    @Override
    public Handed hand(byte[] bundle) throws InterruptedException {
        try {
            JsonNode answer =
                    call(
                            "broadcast_tx_sync",
                            Map.of("tx", Base64.getEncoder().encodeToString(bundle)));
            JsonNode error = answer.path("error");
            if (error.isMissingNode()) {
                JsonNode result = answer.path("result");
                return result.path("code").asInt(-1) == 0
                        ? new Handed.Waits()
                        : new Handed.Refused(result.path("log").asString(""));
            }
            String words =
                    error.path("message").asString("") + ": " + error.path("data").asString("");
            return words.contains("already exists in cache")
                    ? new Handed.Waits()
                    : new Handed.NotNow(words);
        } catch (IOException unreachable) {
            return new Handed.NotNow("CometBFT does not answer: " + unreachable.getMessage());
        }
    }

    @Override
    public boolean isCurrent() throws InterruptedException {
        try {
            return !standing().catchingUp();
        } catch (IOException unreachable) {
            return false;
        }
    }

    /// Whether it answers.
    boolean isThere() throws InterruptedException {
        try {
            standing();
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    /// Where CometBFT stands.
    ///
    /// @throws IOException if it does not answer
    public Standing standing() throws IOException, InterruptedException {
        JsonNode result = call("status", Map.of()).path("result");
        JsonNode sync = result.path("sync_info");
        return new Standing(
                sync.path("latest_block_height").asLong(0),
                sync.path("earliest_block_height").asLong(0),
                sync.path("catching_up").asBoolean(true),
                result.path("node_info").path("id").asString(""));
    }

    /// What CometBFT says of itself.
    ///
    /// @param height of its last block
    /// @param earliest height of the first block that it keeps
    /// @param catchingUp whether it still fetches blocks that others have
    /// @param id by which its peers know it
    public record Standing(long height, long earliest, boolean catchingUp, String id) {}

    /// Passes a question on: CometBFT's own answer, in JSON.
    ///
    /// @param question members of JSON-RPC, of a method that whoever asks may use
    /// @throws IOException if it does not answer
    public byte[] pass(Map<String, Object> question) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(question);
        return http.send(request(body), BodyHandlers.ofByteArray()).body();
    }

    /// One of its blocks, without what was ordered.
    ///
    /// @param height of a block that it keeps
    /// @throws IOException if it does not answer, or has no such block
    LightBlock lightBlock(long height) throws IOException, InterruptedException {
        String at = Long.toString(height);
        JsonNode commit = call("commit", Map.of("height", at)).path("result");
        List<JsonNode> validators = new ArrayList<>();
        int total = 1;
        for (int page = 1; validators.size() < total && page <= MOST_PAGES; page++) {
            JsonNode answer =
                    call(
                                    "validators",
                                    Map.of(
                                            "height",
                                            at,
                                            "page",
                                            Integer.toString(page),
                                            "per_page",
                                            Integer.toString(PAGE)))
                            .path("result");
            answer.path("validators").forEach(validators::add);
            total = answer.path("total").asInt(0);
        }
        try {
            return LightBlockJson.read(commit, validators);
        } catch (IllegalArgumentException foreign) {
            throw new IOException(
                    "%s: no light block %d: %s".formatted(address, height, foreign.getMessage()),
                    foreign);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode call(String method, Map<String, String> parameters)
            throws IOException, InterruptedException {
        byte[] body =
                JSON.writeValueAsBytes(
                        Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
        HttpResponse<byte[]> response = http.send(request(body), BodyHandlers.ofByteArray());
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException malformed) {
            throw new IOException(address + ": not an answer of CometBFT's", malformed);
        }
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}
