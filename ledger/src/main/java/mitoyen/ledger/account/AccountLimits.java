package mitoyen.ledger.account;

/// How much an account may keep (LE-151). Genesis parameters.
///
/// @param signers the most signers of an account, and of keys named as lost, at most 64
/// @param delegations the most delegated keys of an account, at most 64
/// @param scope the most assets, and counterparties, of a delegated key, at most 64
/// @param guardians the most guardians of an account, at most 64
/// @param pending the most pending transfers that an account is to pay
/// @param pendingMillis the longest that a transfer is pending [ms]
/// @param delayMillis the shortest delay of a recovery [ms]
/// @param longestDelayMillis the longest delay of a recovery [ms]
public record AccountLimits(
        int signers,
        int delegations,
        int scope,
        int guardians,
        int pending,
        long pendingMillis,
        long delayMillis,
        long longestDelayMillis) {
    private static final long DAY_MILLIS = 86_400_000;

    /// What a new ledger starts with: a bill may wait for a year, a recovery takes three days at
    /// least.
    public static final AccountLimits STANDARD =
            new AccountLimits(
                    16, 16, 16, 16, 100, 400 * DAY_MILLIS, 3 * DAY_MILLIS, 60 * DAY_MILLIS);
}
