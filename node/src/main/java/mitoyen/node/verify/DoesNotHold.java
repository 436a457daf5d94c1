package mitoyen.node.verify;

import java.io.IOException;

/// The first thing that was found not to hold.
public final class DoesNotHold extends IOException {
    private static final long serialVersionUID = 1;

    /// @param line what it is, where, and what it should be
    public DoesNotHold(String line) {
        super(line);
    }
}
