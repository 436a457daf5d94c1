package mitoyen.node.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.Hash;
import mitoyen.node.settlement.LedgerIndex;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The anchor in a `summary.json`: how high the ledger was and what its root was then.
record Summary(Path file, long height, String root) {
    /// @throws DoesNotHold if there is a file and no anchor in it
    static Optional<Summary> find(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode ledger = JsonMapper.shared().readTree(Files.readAllBytes(file)).path("ledger");
            long height = ledger.path("height").asLong(0);
            String root = ledger.path("root").asString("");
            return Optional.of(new Summary(file, height, root));
        } catch (JacksonException malformed) {
            throw new DoesNotHold(file + ": not JSON: " + malformed.getOriginalMessage());
        }
    }

    void check(LedgerIndex index) throws DoesNotHold {
        if (height > index.height()) {
            throw new DoesNotHold(
                    "%s: speaks of block %d, but the ledger ends at block %d: it was cut short"
                            .formatted(file, height, index.height()));
        }
        if (!index.findRoot(height).map(Hash::toString).orElse("").equals(root)) {
            throw new DoesNotHold(
                    "%s: its root is not the ledger's at block %d: one of them was altered"
                            .formatted(file, height));
        }
        if (height < index.height()) {
            throw new DoesNotHold(
                    "%s: is of block %d and the ledger is at block %d: settle again to bring the"
                                    .formatted(file, height, index.height())
                            + " documents up to date");
        }
    }
}
