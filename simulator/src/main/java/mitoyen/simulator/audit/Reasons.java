package mitoyen.simulator.audit;

import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/// The rows of a table of reasons, asked one after the other until one applies.
final class Reasons {
    private int first;

    /// A reason, which counts if none before it did.
    Reasons unless(int number, BooleanSupplier holds) {
        if (first == 0 && !holds.getAsBoolean()) {
            first = number;
        }
        return this;
    }

    /// The first reason that applied.
    OptionalInt found() {
        return first == 0 ? OptionalInt.empty() : OptionalInt.of(first);
    }
}
