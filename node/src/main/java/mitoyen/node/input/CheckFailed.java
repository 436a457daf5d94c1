package mitoyen.node.input;

/// A check that failed: exit status 1 and one line.
public final class CheckFailed extends Exception {
    private static final long serialVersionUID = 1;

    /// @param line the first thing that does not hold
    public CheckFailed(String line) {
        super(line);
    }
}
