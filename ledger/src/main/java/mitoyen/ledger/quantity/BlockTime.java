package mitoyen.ledger.quantity;

/// The time of a block [ms since 1970-01-01T00:00Z], strictly rising from block to block.
///
/// Whoever proposes the block sets it. No rule about energy or money compares it: those compare the
/// instants that were signed.
///
/// @param millis [ms]
public record BlockTime(long millis) implements Comparable<BlockTime> {
    @Override
    public int compareTo(BlockTime other) {
        return Long.compare(millis, other.millis);
    }
}
