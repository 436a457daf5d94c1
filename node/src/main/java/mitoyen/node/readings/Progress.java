package mitoyen.node.readings;

/// Where work that takes longer than a moment says how far it is.
@FunctionalInterface
public interface Progress {
    /// Says nothing.
    Progress NONE = (_, _, _) -> {};

    /// Takes note; called often, on the working thread: whoever shows it leaves most calls out.
    ///
    /// @param what what is being done, as a present participle: `reading a.csv`
    /// @param done how much is done, in any unit, at least 0
    /// @param total how much there is to do, in the same unit; 0 if unknown
    void step(String what, long done, long total);
}
