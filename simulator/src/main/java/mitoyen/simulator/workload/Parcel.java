package mitoyen.simulator.workload;

import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.simulator.audit.Sent;

/// A bundle as it goes to the engine, and what its sender meant by each transaction in it.
///
/// @param bundle the bytes, not to be changed
/// @param sent one for each receipt that there must be
public record Parcel(ByteString bundle, List<Sent> sent) {
    public Parcel {
        sent = List.copyOf(sent);
    }
}
