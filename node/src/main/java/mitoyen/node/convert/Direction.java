package mitoyen.node.convert;

/// Which way energy went through a meter.
public enum Direction {
    /// Out of the grid.
    CONSUMPTION,
    /// Into the grid.
    PRODUCTION
}
