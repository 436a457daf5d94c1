package mitoyen.node.settlement;

import java.io.IOException;
import java.util.List;
import mitoyen.ledger.energy.EnergyTransaction;

/// The ledger of a folder, for the node that settles: what its blocks say, and a way to add to
/// them.
public interface CommunityLedger extends AutoCloseable {
    /// What the blocks say, those of the last [#submit] included.
    LedgerIndex index();

    /// Has each request executed, in order, durable when this returns.
    ///
    /// @throws IllegalStateException if the ledger would refuse one, and nothing was written: its
    ///   rules and the settlement's have come apart
    void submit(List<Request> requests) throws IOException;

    @Override
    void close() throws IOException;

    /// What is asked of the ledger.
    ///
    /// @param name what it is called in this ledger: the same request made again has the same name,
    ///   and so the same id, and is done once
    /// @param timeMillis the earliest time of its block, where time follows what is settled [ms
    ///   since 1970]
    record Request(String name, long timeMillis, EnergyTransaction transaction) {}
}
