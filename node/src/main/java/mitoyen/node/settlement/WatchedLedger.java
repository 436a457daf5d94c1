package mitoyen.node.settlement;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import mitoyen.consensus.Block;
import mitoyen.consensus.Replay;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.node.keys.Keys;

/// A ledger that others extend, followed block by block for whoever speaks for a community on it.
/// Every block is executed once more here, so that nothing is taken on trust and the node's own
/// threads wait for nobody. For one thread.
public final class WatchedLedger {
    private final LedgerBlocks blocks;
    private final LedgerApplication application;

    private WatchedLedger(LedgerBlocks blocks, LedgerApplication application) {
        this.blocks = blocks;
        this.application = application;
    }

    /// A ledger as it is before its first block; [#follow] goes on from there.
    ///
    /// @param keys of the community that is meant
    public static WatchedLedger of(LedgerBlocks blocks, Genesis genesis, Keys keys) {
        return new WatchedLedger(
                blocks, new LedgerApplication(genesis, found -> Recomputation.isOf(found, keys)));
    }

    /// A ledger of one community.
    static WatchedLedger of(LedgerBlocks blocks, LedgerApplication application) {
        return new WatchedLedger(blocks, application);
    }

    /// Takes up the blocks that came.
    ///
    /// @param stop asked before each
    /// @return whether anything happened in the energy contract
    /// @throws IOException if a block cannot be read or does not hold
    public boolean follow(BooleanSupplier stop) throws IOException {
        boolean happened = false;
        for (long next = index().height() + 1;
                next <= blocks.height() && !stop.getAsBoolean();
                next++) {
            long height = next;
            Block block =
                    blocks.findBlock(next)
                            .orElseThrow(() ->
                                    new IOException(
                                            "block %d was pruned: whoever settles keeps all blocks"
                                                    .formatted(height)));
            Replay.execute(application, block);
            List<EnergyEvent> events = application.index(block);
            happened |= !events.isEmpty();
        }
        return happened;
    }

    /// What the blocks say of the community. Grows as they are followed.
    public LedgerIndex index() {
        return application.index();
    }

    /// What the energy contract remembers after the last block that was followed.
    public EnergyState energy() {
        return application.state().energy();
    }

    /// The number of an account's last transaction in a lane; -1 before the first.
    public long lastNumber(AccountId sender, int lane) {
        return application.lastNumber(sender, lane);
    }

    /// The protocol version whose rules hold for the block after the last one that was followed.
    public int version() {
        return application.version(last().height() + 1);
    }

    /// The height and time of the last block that was followed; both 0 before the first.
    public Moment last() {
        return new Moment(index().height(), index().lastTimeMillis());
    }
}
