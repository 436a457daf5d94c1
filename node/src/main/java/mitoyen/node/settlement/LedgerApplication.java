package mitoyen.node.settlement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.BlockExecution;

/// The ledger's state machine as an engine drives it, and the index of what came of its blocks.
final class LedgerApplication implements Application {
    private final BlockExecution execution;
    private final LedgerIndex index = new LedgerIndex();
    private final Deque<List<Draft.Outcome>> outcomes = new ArrayDeque<>();
    private State state = State.INITIAL;
    private Optional<Draft.Sealed> draft = Optional.empty();
    private long refusedCount;
    private List<Draft.Outcome> lastOutcomes = List.of();

    LedgerApplication(Genesis genesis) {
        this.execution = new BlockExecution(genesis);
    }

    LedgerIndex index() {
        return index;
    }

    /// How many transactions of the indexed blocks were not accepted.
    long refusedCount() {
        return refusedCount;
    }

    /// What came of the last indexed block's transactions.
    List<Draft.Outcome> lastOutcomes() {
        return lastOutcomes;
    }

    @Override
    public Hash appHash() {
        return hash(state.root());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Draft.Sealed sealed = execution.execute(state, height, bundles);
        draft = Optional.of(sealed);
        return new BlockResult(hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
    }

    @Override
    public void commit() {
        Draft.Sealed sealed = draft.orElseThrow();
        state = sealed.state();
        outcomes.add(sealed.outcomes());
        draft = Optional.empty();
    }

    /// Enters a block into the index, once it is durable. Blocks come in the order of their
    /// commits.
    ///
    /// @return what happened in the block, in order
    List<EnergyEvent> index(Block block) {
        lastOutcomes = outcomes.remove();
        List<EnergyEvent> events = new ArrayList<>();
        for (Draft.Outcome outcome : lastOutcomes) {
            if (!(outcome.receipt() instanceof Receipt.Accepted)) {
                refusedCount++;
            }
            for (Event event : outcome.events()) {
                if (event instanceof Event.Energy(EnergyEvent happened)) {
                    events.add(happened);
                }
            }
        }
        index.add(block, lastOutcomes.size(), events);
        return events;
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }
}
