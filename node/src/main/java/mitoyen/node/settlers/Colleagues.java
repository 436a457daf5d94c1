package mitoyen.node.settlers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.node.keys.Secret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The nodes of the other settlers, where they are asked what they came to. Nothing that they
/// answer is believed: it is held against the root on the ledger.
final class Colleagues implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Colleagues.class.getName());
    private static final JsonMapper JSON = new JsonMapper();

    /// More than the leaves of any community [bytes]: 30,000 hashes.
    private static final long MOST_BYTES = 2 << 20;

    /// How long a whole answer may take: who sends a byte a minute is not waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<URI> nodes;
    private final Secret salt;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    /// @param nodes their addresses
    /// @param salt of the community, which shows that a settler asks
    Colleagues(List<URI> nodes, Secret salt) {
        this.nodes = List.copyOf(nodes);
        this.salt = salt;
    }

    /// Who came to a root, and the leaves below it.
    ///
    /// @return empty where nobody answers with leaves that come to the root
    Optional<Leaves> findLeaves(LeafQuestion question) throws InterruptedException {
        for (URI node : nodes) {
            Optional<List<Digest>> hashes =
                    ask(node, question.path(), question).flatMap(Colleagues::hashes);
            if (hashes.isPresent() && MerkleTree.root(hashes.get()).equals(question.root())) {
                return Optional.of(new Leaves(node, question, hashes.get()));
            }
        }
        return Optional.empty();
    }

    /// A leaf of a node that has it, still sealed.
    Optional<ByteString> findSealed(Leaves leaves, int index) throws InterruptedException {
        return ask(leaves.node, leaves.question.path() + "/" + index, leaves.question)
                .map(answer -> answer.path("sealed").asString(""))
                .filter(hex -> hex.matches("[0-9a-f]+") && hex.length() % 2 == 0)
                .map(ByteString::parseHex);
    }

    /// The leaves below a root.
    ///
    /// @param node who has them
    record Leaves(URI node, LeafQuestion question, List<Digest> hashes) {
        Leaves {
            hashes = List.copyOf(hashes);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Optional<JsonNode> ask(URI node, String path, LeafQuestion question)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(node.resolve("/api/v1/" + path))
                        .header("Authorization", "Bearer " + question.token(salt))
                        .timeout(PATIENCE)
                        .build();
        CompletableFuture<HttpResponse<byte[]>> coming =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> response = coming.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return response.statusCode() == 200
                    ? Optional.of(JSON.readTree(response.body()))
                    : Optional.empty();
        } catch (ExecutionException | TimeoutException | JacksonException silent) {
            coming.cancel(true);
            LOG.log(Level.INFO, "{0} does not answer: {1}", new Object[] {node, silent.getClass()});
            return Optional.empty();
        }
    }

    private static Optional<List<Digest>> hashes(JsonNode answer) {
        List<Digest> hashes = new ArrayList<>();
        for (JsonNode each : answer.path("leaves")) {
            String hex = each.asString("");
            if (!hex.matches("[0-9a-f]{64}")) {
                return Optional.empty();
            }
            hashes.add(Digest.of(ByteString.parseHex(hex).toBytes()));
        }
        return Optional.of(hashes);
    }
}
