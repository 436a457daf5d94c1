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

    /// Refuses what cannot become a block.
    ///
    /// @param lastMillis the time of the block below; [Long#MIN_VALUE] where there is none
    /// @throws IllegalArgumentException if the time does not rise (`JO-3`) or a limit is exceeded
    ///   (`JO-4`)
    public void check(long lastMillis) {
        if (timeMillis <= lastMillis) {
            throw new IllegalArgumentException(
                    "a block at %d ms does not follow one at %d ms"
                            .formatted(timeMillis, lastMillis));
        }
        Block.checkSize(bundles);
    }
}
