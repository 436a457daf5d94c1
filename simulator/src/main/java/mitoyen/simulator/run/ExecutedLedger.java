package mitoyen.simulator.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.snapshot.StateFile;

/// The ledger as an engine drives it, and what came of each block, for whoever wants to compare.
public final class ExecutedLedger implements SnapshotApplication {
    private final Execution execution;
    private final Deque<Draft.Sealed> outcomes = new ArrayDeque<>();
    private State state;
    private Optional<Draft.Sealed> draft = Optional.empty();

    /// The ledger from a state on, as nothing was executed yet.
    public ExecutedLedger(Execution execution, State initial) {
        this.state = initial;
        this.execution = execution;
    }

    State state() {
        return state;
    }

    /// What came of the next block that was committed and not asked for yet.
    Draft.Sealed takeOutcome() {
        return outcomes.remove();
    }

    @Override
    public Hash appHash() {
        return hash(state.root());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Draft.Sealed sealed = execution.execute(state, new Moment(height, timeMillis), bundles);
        draft = Optional.of(sealed);
        return new BlockResult(hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
    }

    @Override
    public void commit() {
        Draft.Sealed sealed = draft.orElseThrow();
        state = sealed.state();
        outcomes.add(sealed);
        draft = Optional.empty();
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        StateFile.write(state, out);
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        StateFile.Opened opened = StateFile.open(content);
        opened.scan();
        state = opened.state();
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }
}
