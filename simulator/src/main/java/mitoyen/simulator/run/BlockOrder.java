package mitoyen.simulator.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.simulator.audit.Sent;
import mitoyen.simulator.workload.Parcel;

/// What was asked to become a block.
///
/// @param timeMillis the time it was to bear [ms since 1970]
/// @param notice what the engine says first, where several nodes order the ledger
record BlockOrder(long timeMillis, Optional<EngineNotice> notice, List<Parcel> parcels) {
    BlockOrder {
        parcels = List.copyOf(parcels);
    }

    Proposal proposal() {
        return new Proposal(timeMillis, bundles());
    }

    /// What it holds, one for each receipt.
    List<Sent> sent() {
        return parcels.stream().flatMap(each -> each.sent().stream()).toList();
    }

    /// Whether a block was made of this, byte for byte.
    boolean isOf(Block block) {
        return block.timeMillis() == timeMillis
                && Arrays.deepEquals(block.bundles().toArray(), bundles().toArray());
    }

    private List<byte[]> bundles() {
        return Stream.concat(
                        notice.stream().map(EngineNotice::toBytes),
                        parcels.stream().map(each -> each.bundle().toBytes()))
                .toList();
    }
}
