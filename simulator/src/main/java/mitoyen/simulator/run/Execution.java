package mitoyen.simulator.run;

import java.util.List;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.SignatureRule;

/// What comes of a block: the ledger's own execution, or one that a test broke.
@FunctionalInterface
public interface Execution {
    /// What comes of a block on top of a state.
    Draft.Sealed execute(State state, Moment moment, List<byte[]> bundles);

    /// Makes the execution of a ledger.
    @FunctionalInterface
    interface Maker {
        /// The ledger's own.
        Maker OWN = (genesis, rule) -> new BlockExecution(genesis, rule)::execute;

        /// The execution of the ledger with this genesis, under a rule for signatures.
        Execution of(Genesis genesis, SignatureRule rule);
    }
}
