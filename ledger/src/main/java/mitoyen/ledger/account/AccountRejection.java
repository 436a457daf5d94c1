package mitoyen.ledger.account;

/// Why the rules of accounts refuse a step, the first reason in this order (LE-130).
///
/// The numbers are kept for good.
public enum AccountRejection {
    /// The two sides are one account, or the arbiter is one of them.
    SAME_ACCOUNT(1),
    /// The amount is not above 0.
    AMOUNT_NOT_POSITIVE(2),
    /// There is no signer or too many, one twice or out of order, a weight or the threshold is out
    /// of range, or all signers together do not reach the threshold.
    SIGNERS_INVALID(3),
    /// The delegation's lists are empty, too long, out of order, or its times are out of range.
    DELEGATION_INVALID(4),
    /// There are too many guardians, one twice or out of order, the account itself among them, or
    /// the threshold or the delay is out of range.
    GUARDIANS_INVALID(5),
    /// A number of the asset is out of range.
    ASSET_INVALID(6),
    /// The limit is below 0.
    LIMIT_INVALID(7),
    /// Nobody opened an account with that id, or it is one that nobody may name: the asset's
    /// issuance account, or a clearing account.
    ACCOUNT_NOT_FOUND(8),
    /// There is no asset with that code.
    ASSET_NOT_FOUND(9),
    /// Nothing is pending under that id, or no longer.
    PENDING_NOT_FOUND(10),
    /// The signatures do not reach the threshold of the account that must consent.
    NOT_AUTHORISED(11),
    /// The delegated key may not do this, or not with this asset or counterparty.
    BEYOND_DELEGATION(12),
    /// The delegated key has spent what it may in this period.
    DELEGATION_EXHAUSTED(13),
    /// For so much, a passkey must have verified its user.
    VERIFICATION_REQUIRED(14),
    /// The amount is not a multiple of the asset's step.
    AMOUNT_NOT_WHOLE(15),
    /// The account is open already.
    ACCOUNT_EXISTS(16),
    /// There is an asset with that code, or its issuance account was used by claims before.
    ASSET_EXISTS(17),
    /// An account is closed, or that of the asset's issuer, or the founder's.
    ACCOUNT_CLOSED(18),
    /// The key has no delegation.
    DELEGATION_NOT_FOUND(19),
    /// The account has as many delegated keys as it may.
    TOO_MANY_DELEGATIONS(20),
    /// A recovery of the account is under way.
    RECOVERY_UNDER_WAY(21),
    /// No recovery of the account is under way.
    NO_RECOVERY(22),
    /// What is reserved would expire in the past or too late.
    EXPIRY_OUT_OF_RANGE(23),
    /// The payer has as many pending transfers as he may.
    TOO_MANY_PENDING(24),
    /// More is to be posted than is pending.
    AMOUNT_EXCEEDS_PENDING(25),
    /// Nothing may go from the account.
    ONLY_RECEIVES(26),
    /// A total would exceed 63 bits.
    AMOUNT_OVERFLOW(27),
    /// More would be out than the asset's cap.
    CAP_EXCEEDED(28),
    /// The account would owe more than it may, with what is reserved of it counted.
    FUNDS_INSUFFICIENT(29);

    private final int number;

    AccountRejection(int number) {
        this.number = number;
    }

    /// The number that receipts hold.
    public int number() {
        return number;
    }

    /// Whether the same step may be accepted once others were, or time has passed.
    public boolean mayPassLater() {
        return switch (this) {
            case ACCOUNT_NOT_FOUND,
                    ASSET_NOT_FOUND,
                    NOT_AUTHORISED,
                    BEYOND_DELEGATION,
                    DELEGATION_EXHAUSTED,
                    DELEGATION_NOT_FOUND,
                    TOO_MANY_DELEGATIONS,
                    RECOVERY_UNDER_WAY,
                    NO_RECOVERY,
                    TOO_MANY_PENDING,
                    ONLY_RECEIVES,
                    CAP_EXCEEDED,
                    FUNDS_INSUFFICIENT ->
                    true;
            case SAME_ACCOUNT,
                    AMOUNT_NOT_POSITIVE,
                    SIGNERS_INVALID,
                    DELEGATION_INVALID,
                    GUARDIANS_INVALID,
                    ASSET_INVALID,
                    LIMIT_INVALID,
                    PENDING_NOT_FOUND,
                    VERIFICATION_REQUIRED,
                    AMOUNT_NOT_WHOLE,
                    ACCOUNT_EXISTS,
                    ASSET_EXISTS,
                    ACCOUNT_CLOSED,
                    EXPIRY_OUT_OF_RANGE,
                    AMOUNT_EXCEEDS_PENDING,
                    AMOUNT_OVERFLOW ->
                    false;
        };
    }
}
