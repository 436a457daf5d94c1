package mitoyen.simulator.run;

import java.util.Arrays;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.simulator.audit.Sent;
import mitoyen.simulator.workload.Parcel;

/// What was asked to become a block.
///
/// @param timeMillis the time it was to bear [ms since 1970]
record BlockOrder(long timeMillis, List<Parcel> parcels) {
    BlockOrder {
        parcels = List.copyOf(parcels);
    }

    Proposal proposal() {
        return new Proposal(
                timeMillis, parcels.stream().map(each -> each.bundle().toBytes()).toList());
    }

    /// What it holds, one for each receipt.
    List<Sent> sent() {
        return parcels.stream().flatMap(each -> each.sent().stream()).toList();
    }

    /// Whether a block was made of this, byte for byte.
    boolean isOf(Block block) {
        if (block.timeMillis() != timeMillis || block.bundles().size() != parcels.size()) {
            return false;
        }
        for (int i = 0; i < parcels.size(); i++) {
            byte[] bundle = block.bundles().get(i);
            if (!Arrays.equals(bundle, parcels.get(i).bundle().toBytes())) {
                return false;
            }
        }
        return true;
    }
}
