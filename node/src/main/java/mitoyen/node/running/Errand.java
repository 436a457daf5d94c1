package mitoyen.node.running;

import java.util.List;
import java.util.function.LongToIntFunction;
import mitoyen.consensus.Proposal;
import mitoyen.ledger.machine.Moment;

/// Blocks that somebody in this process wants made in one go, such as the days of a settlement.
@FunctionalInterface
public interface Errand {
    /// What the next blocks are to be, in order. Called on the executing thread, between two
    /// blocks: it must be quick.
    ///
    /// @param last the last block's height and time; both 0 before the first
    /// @param nowMillis the time now [ms since 1970]
    /// @param versions the protocol version whose rules hold at a height above the last
    List<Proposal> proposals(Moment last, long nowMillis, LongToIntFunction versions);
}
