package mitoyen.consensus.journal;

import java.nio.charset.StandardCharsets;

/// What a file of a journal holds, told by its first 8 bytes.
enum FileKind {
    /// Blocks, each with its bundles (`JO-6`).
    BLOCKS("MITOYENJ", "a segment of a journal"),

    /// The headers of blocks whose bundles were removed (`JO-20`).
    HEADERS("MITOYENH", "a file of a journal's headers");

    private final String magic;
    private final String description;

    FileKind(String magic, String description) {
        this.magic = magic;
        this.description = description;
    }

    /// The file's first 8 bytes.
    byte[] magic() {
        return magic.getBytes(StandardCharsets.US_ASCII);
    }

    /// What such a file is, in words.
    String description() {
        return description;
    }
}
