package mitoyen.simulator.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        List<Sent> sent = new ArrayList<>();
        parcels.forEach(parcel -> sent.addAll(parcel.sent()));
        return sent;
    }

    /// Whether a block was made of this, byte for byte.
    boolean isOf(Block block) {
        return block.timeMillis() == timeMillis
                && Arrays.deepEquals(block.bundles().toArray(), bundles().toArray());
    }

    private List<byte[]> bundles() {
        List<byte[]> bundles = new ArrayList<>(1 + parcels.size());
        notice.ifPresent(said -> bundles.add(said.toBytes()));
        parcels.forEach(parcel -> bundles.add(parcel.bundle().toBytes()));
        return bundles;
    }
}
