package mitoyen.node.settlement;

import java.io.IOException;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.FullScan;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;

/// The events of a ledger applied once more beside its transactions: both must come to the same
/// state (LE-53), and in the end everything must hold of it that must (LE-159).
final class EventReplay {
    private final StateMachine machine;
    private State state;

    EventReplay(Genesis genesis) {
        this.machine = new StateMachine(genesis);
        this.state = machine.initialState();
    }

    /// From a state that is given instead of the first.
    EventReplay(Genesis genesis, State state) {
        this.machine = new StateMachine(genesis);
        this.state = state;
    }

    /// Applies the events of the next block.
    ///
    /// @param events all that happened in it, in order, also what has no receipt
    /// @throws IOException if they come to another state than its transactions
    void apply(Block block, List<Event> events) throws IOException {
        for (Event event : events) {
            state = machine.apply(state, event);
        }
        Hash root = Hash.of(state.root().toBytes());
        if (!root.equals(block.appHash())) {
            throw new IOException(
                    "block %d: its events come to the state hash %s, its transactions to %s"
                            .formatted(block.height(), root, block.appHash()));
        }
    }

    /// Looks at the whole state.
    ///
    /// @throws IOException naming what does not hold of it
    void scan() throws IOException {
        try {
            FullScan.check(state);
        } catch (IllegalStateException broken) {
            throw new IOException(String.valueOf(broken.getMessage()), broken);
        }
    }
}
