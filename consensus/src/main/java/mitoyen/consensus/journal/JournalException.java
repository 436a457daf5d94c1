package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.file.Path;

/// A journal that is not what it was when it was written: which file, where in it, and what is
/// wrong.
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final long offset;
    private final String wrong;

    /// @param file the damaged file, or the folder where one is missing or too many
    /// @param offset where in the file the part begins that is wrong [bytes]
    /// @param wrong a sentence's predicate, such as "is cut short"
    JournalException(Path file, long offset, String wrong) {
        super("%s, byte %d: %s".formatted(file, offset, wrong));
        this.file = file;
        this.offset = offset;
        this.wrong = wrong;
    }

    /// The damaged file, or the folder where one is missing or too many.
    public Path file() {
        return file;
    }

    /// Where in the file the part begins that is wrong [bytes].
    public long offset() {
        return offset;
    }

    /// What is wrong, as a sentence's predicate.
    public String wrong() {
        return wrong;
    }
}
