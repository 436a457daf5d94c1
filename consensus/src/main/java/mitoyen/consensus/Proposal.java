package mitoyen.consensus;

import java.util.List;

/// What is to become one block.
///
/// @param timeMillis the block's time [ms since 1970], above that of the block before it; set by
///   whoever proposes
/// @param bundles what is to be ordered, in this order; opaque, and not to be changed afterwards
public record Proposal(long timeMillis, List<byte[]> bundles) {
    public Proposal {
        bundles = List.copyOf(bundles);
    }
}
