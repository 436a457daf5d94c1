package mitoyen.simulator.faults;

/// Is told of every fault as it happens.
@FunctionalInterface
public interface FaultLog {
    /// A fault happened.
    ///
    /// @param where the file, or what else tells it from another of its kind
    void happened(Fault fault, String where);
}
