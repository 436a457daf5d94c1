package mitoyen.node.backup;

import java.io.IOException;
import java.nio.file.Path;

/// A backup that was refused, or cannot be read: the file, and in one line why.
public final class BackupException extends IOException {
    private static final long serialVersionUID = 1;

    /// @param file the backup, or the folder
    /// @param wrong a sentence's predicate and what to do about it
    BackupException(Path file, String wrong) {
        super(file + ": " + wrong);
    }
}
