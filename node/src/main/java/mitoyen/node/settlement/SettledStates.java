package mitoyen.node.settlement;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Block;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.machine.StateProofs;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Proof;

/// The states after the blocks that settled days, so that each day can be proved. They share what
/// is the same in them.
public final class SettledStates implements LedgerReader.Visitor {
    private final LedgerReader.Visitor beside;
    private final SortedMap<Long, State> states = new TreeMap<>();

    /// @param beside shown the blocks as well
    public SettledStates(LedgerReader.Visitor beside) {
        this.beside = beside;
    }

    @Override
    public void visit(Block block, List<EnergyEvent> events, LedgerIndex index) throws IOException {
        beside.visit(block, events, index);
    }

    @Override
    public void visit(Block block, List<EnergyEvent> events, LedgerIndex index, State state)
            throws IOException {
        visit(block, events, index);
        if (events.stream().anyMatch(event -> event instanceof EnergyEvent.DaySettled)) {
            states.put(block.height(), state);
        }
    }

    /// What a day is settled to in the state after the block that settled it.
    ///
    /// @param block of that height, under the log of all blocks
    public Proof.Entry prove(String community, LocalDate date, BlockProof block) {
        State state = Objects.requireNonNull(states.get(block.height()), "settles nothing");
        return StateProofs.prove(
                state,
                StatePart.DAYS,
                state.energy().findDay(community, date).orElseThrow().key(),
                block);
    }
}
