package mitoyen.node.input;

/// A request that was understood and refused, or a check that failed: exit status 1 and one line.
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    /// @param line what was refused, why, and what to do about it
    public Refused(String line) {
        super(line);
    }
}
