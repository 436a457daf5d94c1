package mitoyen.node.cometbft;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What CometBFT 0.40.0 answered of the 14 blocks of a network of four validators, answered again:
/// those that the ledger's `network.txt` was made of.
public final class RecordedComet implements AutoCloseable {
    /// The height of the last block.
    public static final int LAST = 14;

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode recorded;
    private final HttpServer server;
    private final int earliest;

    /// @param earliest the first block that it says it keeps
    public RecordedComet(int earliest) throws IOException {
        this.earliest = earliest;
        try (InputStream in = RecordedComet.class.getResourceAsStream("network.json")) {
            this.recorded = JSON.readTree(in);
        }
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /// Where it answers.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The hash of a block in hexadecimal, as CometBFT has it.
    public String hash(int height) {
        return recorded.path("commits")
                .path(Integer.toString(height))
                .at("/signed_header/commit/block_id/hash")
                .asString("");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode question = JSON.readTree(exchange.getRequestBody());
            String height = question.at("/params/height").asString("");
            Object result =
                    switch (question.path("method").asString("")) {
                        case "commit" -> recorded.path("commits").path(height);
                        case "validators" -> recorded.path("validators").path(height);
                        default ->
                                Map.of(
                                        "sync_info",
                                        Map.of(
                                                "latest_block_height",
                                                Integer.toString(LAST),
                                                "earliest_block_height",
                                                Integer.toString(earliest),
                                                "catching_up",
                                                false));
                    };
            byte[] body = JSON.writeValueAsBytes(Map.of("result", result));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
