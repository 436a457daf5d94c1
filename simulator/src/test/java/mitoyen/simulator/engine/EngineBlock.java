package mitoyen.simulator.engine;

import java.util.List;
import mitoyen.consensus.Misconduct;
import mitoyen.ledger.cbor.ByteString;

/// A block as an engine of several nodes decides it.
///
/// @param height the engine's, at least 1
/// @param timeMillis its time [ms since 1970]
/// @param bundles what was ordered, without the notice
/// @param misconduct what the engine found out
record EngineBlock(
        long height, long timeMillis, List<ByteString> bundles, List<Misconduct> misconduct) {
    EngineBlock {
        bundles = List.copyOf(bundles);
        misconduct = List.copyOf(misconduct);
    }

    /// Whether it becomes a block of the ledger (`CE-2`).
    boolean leavesATrace() {
        return !bundles.isEmpty() || !misconduct.isEmpty();
    }

    /// The same at another time.
    EngineBlock at(long otherMillis) {
        return new EngineBlock(height, otherMillis, bundles, misconduct);
    }

    /// The same with other bundles.
    EngineBlock with(List<ByteString> others) {
        return new EngineBlock(height, timeMillis, others, misconduct);
    }
}
