package mitoyen.ledger.machine;

/// How much may be sent, and for how long (LE-151). Genesis parameters from version 2 on.
///
/// @param steps the most steps of a transaction
/// @param lanes the most lanes of an account
/// @param validityMillis how far ahead of the block's time a transaction may expire [ms]; the ids
///   of this span are remembered
/// @param validityBlocks how many blocks ahead it may expire
/// @param bucketSteps how many steps an account may send at once
/// @param bucketMillis after how long it may send one more [ms], at least 1
/// @param timersPerBlock the most timers that fire in a block
public record TrafficLimits(
        int steps,
        int lanes,
        long validityMillis,
        long validityBlocks,
        int bucketSteps,
        long bucketMillis,
        int timersPerBlock) {
    private static final long DAY_MILLIS = 86_400_000;

    /// What a new ledger starts with: a thousand steps at once, ten a second for ever after.
    public static final TrafficLimits STANDARD =
            new TrafficLimits(16, 64, DAY_MILLIS, 1_000_000, 1_000, 100, 1_000);
}
