package mitoyen.node.api;

import java.util.ArrayDeque;
import java.util.Deque;

/// The parts of a node that were opened so far, each upon those before it: where a later one cannot
/// be opened, they are closed from the last to the first.
final class OpenParts {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /// Takes note of a part that was opened.
    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /// Closes all of them, also where closing one of them fails.
    ///
    /// @param failure why; what fails besides is told with it
    void closeAfter(Throwable failure) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception second) {
                failure.addSuppressed(second);
            }
        }
    }
}
