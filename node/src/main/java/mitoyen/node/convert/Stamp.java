package mitoyen.node.convert;

/// Which end of its interval a time stamp names.
public enum Stamp {
    /// The first instant.
    START,
    /// The first instant after it.
    END
}
