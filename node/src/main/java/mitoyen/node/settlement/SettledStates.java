package mitoyen.node.settlement;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Block;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.machine.StateProofs;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.MapProof;
import mitoyen.ledger.proof.Proof;

/// What the states after the blocks hold of settled days, so that each day can be proved as it was
/// at any height: in a state before its correction it still is what it was. They share what is the
/// same in them.
public final class SettledStates implements LedgerReader.Visitor {
    private static final ByteString NO_KEY = ByteString.of(new byte[0]);
    private static final BlockProof NO_BLOCK =
            new BlockProof(ByteString.of(new byte[BlockProof.HEADER_LENGTH]), List.of());

    private final LedgerReader.Visitor beside;
    private final SortedMap<Long, Days> states = new TreeMap<>();

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
        MapProof way = StateProofs.prove(state, StatePart.DAYS, NO_KEY, NO_BLOCK).state();
        states.put(block.height(), new Days(state.energy(), way));
    }

    /// What a day is settled to in the state after a block, at which it is settled.
    ///
    /// @param height of the block
    /// @param block the same, under the log of all blocks
    public Proof.Entry prove(String community, LocalDate date, long height, BlockProof block) {
        Days days = Objects.requireNonNull(states.get(height), "no such block");
        return days.prove(community, date, block);
    }

    /// What proves the days in a state. The rest of the state is let go: that of a ledger that
    /// others write on as well changes with every block.
    ///
    /// @param way of their part in the state
    private record Days(EnergyState energy, MapProof way) {
        Proof.Entry prove(String community, LocalDate date, BlockProof block) {
            ByteString key = energy.findDay(community, date).orElseThrow().key();
            return new Proof.Entry(
                    StatePart.DAYS.toString(),
                    key,
                    Optional.of(energy.days().prove(key)),
                    way,
                    block);
        }
    }
}
