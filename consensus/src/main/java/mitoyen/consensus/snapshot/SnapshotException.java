package mitoyen.consensus.snapshot;

import java.io.IOException;
import java.nio.file.Path;

/// A snapshot that cannot be used: which file, and why.
public final class SnapshotException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param file the snapshot, or the folder where none is good
    /// @param wrong a sentence's predicate, such as "is cut short"
    SnapshotException(Path file, String wrong) {
        super("%s: %s".formatted(file, wrong));
    }
}
