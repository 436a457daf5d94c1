package mitoyen.node.readings;

/// Takes the rows of a file in their order.
@FunctionalInterface
interface RowSink {
    /// Takes a row that is right in itself; the object is used again for the next.
    ///
    /// @return whether to go on
    boolean take(Row row);
}
