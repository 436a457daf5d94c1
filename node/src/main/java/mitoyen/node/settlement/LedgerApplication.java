package mitoyen.node.settlement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
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

    LedgerApplication(Genesis genesis) {
        this.execution = new BlockExecution(genesis);
    }

    LedgerIndex index() {
        return index;
    }

    /// Executes what is to become blocks on a state that is dropped again.
    ///
    /// @throws IllegalStateException if a transaction would not be accepted
    void rehearse(List<Proposal> proposals) {
        State rehearsed = state;
        long height = index.height();
        for (Proposal proposal : proposals) {
            height++;
            Draft.Sealed sealed = execution.execute(rehearsed, height, proposal.bundles());
            for (Draft.Outcome outcome : sealed.outcomes()) {
                if (!(outcome.receipt() instanceof Receipt.Accepted)) {
                    throw new IllegalStateException(
                            "block " + height + " would hold " + outcome.receipt());
                }
            }
            rehearsed = sealed.state();
        }
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
        List<Draft.Outcome> ofBlock = outcomes.remove();
        List<EnergyEvent> events = new ArrayList<>();
        for (Draft.Outcome outcome : ofBlock) {
            for (Event event : outcome.events()) {
                if (event instanceof Event.Energy(EnergyEvent happened)) {
                    events.add(happened);
                }
            }
        }
        index.add(block, ofBlock.size(), events);
        return events;
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }
}
