package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.ledger.proof.MerkleTree;

/// A block while it is executed: kept by [#seal()], dropped by forgetting it. The state that it
/// started from is not changed.
public final class Draft {
    private final StateMachine machine;
    private final long height;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final MerkleLog receipts = new MerkleLog();
    private State state;

    /// A block on top of a state.
    ///
    /// @param height the block's height, at least 1
    public Draft(StateMachine machine, State state, long height) {
        this.machine = machine;
        this.state = state;
        this.height = height;
    }

    /// Executes a transaction whose signatures hold.
    ///
    /// @param sent the SHA-256 of the bytes that were sent
    public void execute(Digest sent, VerifiedTransaction transaction) {
        switch (machine.decide(state, height, transaction)) {
            case Decision.Accepted(List<Event> events) -> {
                events.forEach(event -> state = machine.apply(state, event));
                Invariant.checkAll(state, events);
                add(new Receipt.Accepted(sent), events);
            }
            case Decision.Exists() -> add(new Receipt.Exists(sent), List.of());
            case Decision.Refused(Rejection rejection) ->
                    add(new Receipt.Rejected(sent, rejection), List.of());
        }
    }

    /// Refuses bytes that are no transaction for this ledger.
    ///
    /// @param sent the SHA-256 of the bytes that were sent
    public void refuse(Digest sent, TransactionRejection reason) {
        add(new Receipt.Rejected(sent, new Rejection.OfTransaction(reason)), List.of());
    }

    /// What came of the block.
    public Sealed seal() {
        return new Sealed(state, state.root(), outcomes, receipts.root());
    }

    private void add(Receipt receipt, List<Event> events) {
        receipts.append(MerkleTree.leafHash(receipt.toBytes()));
        outcomes.add(new Outcome(receipt, events));
    }

    /// What came of one transaction.
    ///
    /// @param events what happened, in order; none unless it was accepted
    public record Outcome(Receipt receipt, List<Event> events) {
        public Outcome {
            events = List.copyOf(events);
        }
    }

    /// What came of a block.
    ///
    /// @param state after it
    /// @param stateRoot the root over that state
    /// @param outcomes of its transactions, in order
    /// @param receiptsRoot the RFC 9162 root over their receipts (LE-62)
    public record Sealed(
            State state, Digest stateRoot, List<Outcome> outcomes, Digest receiptsRoot) {
        public Sealed {
            outcomes = List.copyOf(outcomes);
        }
    }
}
