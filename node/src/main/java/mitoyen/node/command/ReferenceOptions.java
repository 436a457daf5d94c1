package mitoyen.node.command;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.ledger.proof.Commitment;
import mitoyen.ledger.proof.Digest;
import picocli.CommandLine.Option;

/// What an amount is for. The ledger holds a commitment to it (LE-18), which whoever has the text
/// and the salt can open, and nobody else.
final class ReferenceOptions {
    @Option(
            names = "--reference",
            paramLabel = "TEXT",
            description = "what it is for; the ledger holds a commitment to it alone")
    private String text = "";

    @Option(
            names = "--salt",
            paramLabel = "HEX",
            converter = Converters.Hash.class,
            description = "the commitment's salt of 32 secret bytes (default: by chance)")
    private Optional<Digest> salt = Optional.empty();

    private final Digest fresh = chance();

    /// The commitment.
    Digest digest() {
        return Commitment.of(salt.orElse(fresh), text.getBytes(StandardCharsets.UTF_8));
    }

    /// What whoever is to open it must keep.
    SequencedMap<String, String> notes() {
        SequencedMap<String, String> notes = new LinkedHashMap<>();
        if (!text.isEmpty() || salt.isPresent()) {
            notes.put("reference", text);
            notes.put("salt", salt.orElse(fresh).toString());
        }
        return notes;
    }

    private static Digest chance() {
        byte[] bytes = new byte[Digest.LENGTH];
        new SecureRandom().nextBytes(bytes);
        return Digest.of(bytes);
    }
}
