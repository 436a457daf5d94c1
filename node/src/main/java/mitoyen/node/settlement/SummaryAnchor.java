package mitoyen.node.settlement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.Hash;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The anchor in a folder's `summary.json`: how high the ledger was and what its root was then.
///
/// The summary is the last thing that a run writes, so an honest crash never leaves a ledger that
/// is behind it.
///
/// @param file where it was read
/// @param height the height of the last block then
/// @param root the root over all blocks then, in hexadecimal
public record SummaryAnchor(Path file, long height, String root) {
    /// Twice what as many members take as a claim has room for.
    private static final int BYTE_LIMIT = 1 << 23;

    /// The anchor of a folder, or nothing where there is no summary.
    ///
    /// @throws IOException if there is a summary and it cannot be read
    public static Optional<SummaryAnchor> find(Path folder) throws IOException {
        Path file = folder.resolve("summary.json");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(unusable(file, "not a file"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTE_LIMIT + 1);
            if (bytes.length > BYTE_LIMIT) {
                throw new IOException(unusable(file, "larger than any summary"));
            }
            JsonNode ledger = JsonMapper.shared().readTree(bytes).path("ledger");
            long height = ledger.path("height").asLong(0);
            return Optional.of(new SummaryAnchor(file, height, ledger.path("root").asString("")));
        } catch (JacksonException malformed) {
            throw new IOException(unusable(file, "not JSON"), malformed);
        }
    }

    private static String unusable(Path file, String what) {
        return file + ": " + what + "; restore it, or delete it and settle again";
    }

    /// What speaks against a ledger that should have grown from here, or nothing.
    public Optional<Mistake> findReasonAgainst(LedgerIndex index) {
        if (height > index.height()) {
            return Optional.of(
                    new Mistake(
                            file.toString(), 0, Fault.LEDGER_CUT_SHORT, height, index.height()));
        }
        if (!index.findRoot(height).map(Hash::toString).orElse("").equals(root)) {
            return Optional.of(new Mistake(file.toString(), 0, Fault.LEDGER_ALTERED, height));
        }
        return Optional.empty();
    }
}
