package mitoyen.node.verify;

import java.time.Instant;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.settlement.LedgerIndex;

/// Holds each block of version 1 against what settling makes: one transaction, accepted, at its
/// time (LE-63). From version 2 on blocks hold what a running node gathered, at the time that it
/// was.
///
/// A block bears no signature of its own. Whoever has no key can add one that holds nothing, or
/// nothing that is accepted, and can put a last block at another time; nothing else.
final class BlockCheck {
    private long lastTimeMillis;

    /// @param events what happened in the block
    /// @param index all blocks up to this one
    void check(Block block, List<EnergyEvent> events, LedgerIndex index) throws DoesNotHold {
        if (index.lastVersion() != Genesis.PROTOCOL_VERSION) {
            return;
        }
        if (index.lastActivates() && index.anchor().transactions() == block.height()) {
            lastTimeMillis = block.timeMillis();
            return;
        }
        if (events.size() != 1 || index.anchor().transactions() != block.height()) {
            throw new DoesNotHold(
                    "block %d: holds something else than one transaction that was accepted; it was"
                                    .formatted(block.height())
                            + " added by someone else");
        }
        long expected = timeOf(events.getFirst(), block);
        if (block.timeMillis() != expected) {
            throw new DoesNotHold(
                    "block %d: is of %s and not of %s, the end of what it settles"
                            .formatted(
                                    block.height(),
                                    Instant.ofEpochMilli(block.timeMillis()),
                                    Instant.ofEpochMilli(expected)));
        }
        lastTimeMillis = block.timeMillis();
    }

    private long timeOf(EnergyEvent event, Block block) {
        long next = lastTimeMillis + 1;
        return switch (event) {
            // The start of the first day that was to be settled, which no transaction says.
            case EnergyEvent.CommunityFounded _ -> block.timeMillis();
            case EnergyEvent.DaySettled(var settlement) -> Math.max(settlement.endMillis(), next);
            case EnergyEvent.MonthClaimed _,
                    EnergyEvent.DayProposed _,
                    EnergyEvent.DayAttested _,
                    EnergyEvent.DayDissented _,
                    EnergyEvent.ClaimProposed _,
                    EnergyEvent.ClaimAttested _,
                    EnergyEvent.ClaimObjected _,
                    EnergyEvent.ClaimHeld _,
                    EnergyEvent.ClaimDropped _ ->
                    next;
        };
    }
}
