package mitoyen.node.backup;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is in a backup: the last entry, `manifest.json` (`JO-36`).
///
/// @param height the height of the ledger's last block
/// @param lastHash the hash of that block
/// @param entries every other entry by name
record Manifest(long height, Hash lastHash, SortedMap<String, Entry> entries) {
    static final String NAME = "manifest.json";

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.shared();

    Manifest {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /// A file in a backup.
    ///
    /// @param bytes its length [bytes]
    /// @param sha256 the hash of its content
    record Entry(long bytes, Hash sha256) {}

    byte[] encode() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("height", height);
        root.put("block", lastHash.toString());
        ObjectNode files = root.putObject("files");
        entries.forEach((name, entry) ->
                files.putObject(name)
                        .put("bytes", entry.bytes())
                        .put("sha256", entry.sha256().toString()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /// @throws BackupException if it is not what [#encode] writes
    static Manifest decode(Path backup, byte[] bytes) throws BackupException {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root.path("version").asInt() != VERSION) {
                throw new BackupException(backup, "has an unknown manifest; use a newer program");
            }
            SortedMap<String, Entry> entries = new TreeMap<>();
            for (var file : root.required("files").properties()) {
                JsonNode entry = file.getValue();
                entries.put(
                        file.getKey(),
                        new Entry(entry.required("bytes").asLong(), hash(entry, "sha256")));
            }
            return new Manifest(root.required("height").asLong(), hash(root, "block"), entries);
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw new BackupException(backup, "has a manifest that cannot be read");
        }
    }

    private static Hash hash(JsonNode node, String name) {
        return Hash.of(HexFormat.of().parseHex(node.required(name).asString()));
    }
}
