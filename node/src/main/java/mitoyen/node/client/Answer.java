package mitoyen.node.client;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a node answered to a transaction.
public sealed interface Answer {
    /// Done, and durable.
    ///
    /// @param height of the block that holds it, where the node said so
    record Accepted(OptionalLong height) implements Answer {}

    /// Done before: the same transaction was there.
    ///
    /// @param height of the block that says so, where the node said so
    record Exists(OptionalLong height) implements Answer {}

    /// Refused by the ledger's rules.
    ///
    /// @param module who refused it, such as `account`
    /// @param number the reason's number there
    /// @param name the reason's name there
    /// @param step the index of the step that was refused, from 0; empty where it was the whole
    record Rejected(String module, int number, String name, OptionalInt step) implements Answer {}

    /// Not taken by the node: nothing was done with it.
    ///
    /// @param why in one line
    /// @param later whether it may take it a little later
    record NotTaken(String why, boolean later) implements Answer {}

    /// No answer came: it may be done and it may not.
    ///
    /// @param why in one line
    record Unknown(String why) implements Answer {}
}
