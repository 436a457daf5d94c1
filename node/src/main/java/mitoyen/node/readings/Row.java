package mitoyen.node.readings;

/// The row being read. One object serves all rows of a file: whoever keeps a value copies it.
final class Row {
    /// The value of an empty cell, or of a column that is not there.
    static final long EMPTY = -1;

    /// Start of the interval [ms since 1970-01-01T00:00Z].
    long startMillis;

    /// Index of the meter among those of the community.
    int meter;

    /// Consumption [mWh], or [#EMPTY].
    long consumption = EMPTY;

    /// Production [mWh], or [#EMPTY].
    long production = EMPTY;

    /// What the grid operator allocated [mWh], or [#EMPTY].
    long allocated = EMPTY;

    /// What the grid operator counts as sold [mWh], or [#EMPTY].
    long sold = EMPTY;

    /// The line on which it begins.
    int line;

    /// Whether no cell holds a value: the reading is missing.
    boolean isEmpty() {
        return (consumption & production & allocated & sold) == EMPTY;
    }
}
