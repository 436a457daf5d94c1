package mitoyen.node.settlement;

import java.io.IOException;
import java.util.List;
import java.util.function.LongToIntFunction;
import mitoyen.consensus.Proposal;
import mitoyen.ledger.machine.Moment;

/// A ledger that a node orders alone and that grows meanwhile.
public interface LiveLedger extends LedgerBlocks {
    /// Has blocks made between two others, durable when this returns.
    ///
    /// @throws IOException if the node stops or halts; some first ones may be kept
    void propose(Maker maker) throws IOException;

    /// Says what the next blocks are to be.
    @FunctionalInterface
    interface Maker {
        /// What the next blocks are to be, in order.
        ///
        /// @param last the last block's height and time; both 0 before the first
        /// @param nowMillis the time now [ms since 1970]
        /// @param versions the protocol version whose rules hold at a height above the last
        List<Proposal> proposals(Moment last, long nowMillis, LongToIntFunction versions);
    }
}
