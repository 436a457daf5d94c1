package mitoyen.node.client;

import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import tools.jackson.databind.JsonNode;

/// A proof as a node gave it.
///
/// @param proof its bytes, not checked
/// @param root what it leads to, as the node says: no reason to trust it
/// @param from what it leads from, where it is a proof of growth
public record ProofAnswer(ByteString proof, LogRoot root, Optional<LogRoot> from) {
    /// @throws IllegalArgumentException if the answer is of another form
    static ProofAnswer of(JsonNode answer) {
        return new ProofAnswer(
                ByteString.parseHex(answer.path("proof").asString("")),
                root(answer.path("height"), answer.path("root")),
                answer.has("from")
                        ? Optional.of(root(answer.path("from"), answer.path("fromRoot")))
                        : Optional.empty());
    }

    private static LogRoot root(JsonNode height, JsonNode root) {
        return new LogRoot(height.asLong(-1), Digest.parse(root.asString("")));
    }
}
