package mitoyen.consensus;

import java.io.IOException;

/// A kept block which, executed again, does not give what it says it gave.
public final class ReplayException extends IOException {
    private static final long serialVersionUID = 1;

    private final long height;

    /// @param height the block's height
    /// @param what the name of the hash that differs
    /// @param kept the hash in the block
    /// @param computed the hash that executing it again gives
    public ReplayException(long height, String what, Hash kept, Hash computed) {
        super(
                "block %d, executed again, gives the %s %s, but it says %s"
                        .formatted(height, what, computed, kept));
        this.height = height;
    }

    /// The height of the block that does not hold.
    public long height() {
        return height;
    }
}
