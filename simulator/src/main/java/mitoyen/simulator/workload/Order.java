package mitoyen.simulator.workload;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.machine.Transaction;

/// What somebody wants done.
///
/// @param signers who signs it, by the numbers of their keys
record Order(Transaction transaction, SortedSet<Integer> signers) {
    Order {
        signers = new TreeSet<>(signers);
    }

    static Order of(Transaction transaction, List<Integer> signers) {
        return new Order(transaction, new TreeSet<>(signers));
    }
}
