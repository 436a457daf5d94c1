package mitoyen.simulator.network;

import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Application;
import mitoyen.consensus.Hash;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.wire.BlockExecution;

/// The ledger's machine, to execute kept blocks again.
final class ReplayedLedger implements Application {
    private final BlockExecution execution;
    private State state;
    private Optional<Draft.Sealed> draft = Optional.empty();
    private List<Draft.Outcome> outcomes = List.of();

    ReplayedLedger(Genesis genesis) {
        this.execution = BlockExecution.forMany(genesis, 1 << 12);
        this.state = execution.initialState();
    }

    State state() {
        return state;
    }

    /// What came of the last block's transactions and timers.
    List<Draft.Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public Hash appHash() {
        return Hash.of(state.root().toBytes());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Draft.Sealed sealed = execution.execute(state, new Moment(height, timeMillis), bundles);
        draft = Optional.of(sealed);
        return new BlockResult(
                Hash.of(sealed.stateRoot().toBytes()), Hash.of(sealed.receiptsRoot().toBytes()));
    }

    @Override
    public void commit() {
        Draft.Sealed sealed = draft.orElseThrow();
        state = sealed.state();
        outcomes = sealed.outcomes();
        draft = Optional.empty();
    }
}
