package mitoyen.ledger.account;

import java.util.Optional;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// What happened to accounts: the only thing that changes them.
public sealed interface AccountEvent {
    /// An account was opened.
    record AccountOpened(AccountId account, SignerSet signers) implements AccountEvent {}

    /// Other keys sign for an account.
    record SignersSet(AccountId account, SignerSet signers) implements AccountEvent {}

    /// A key may do a little for an account.
    record Delegated(AccountId account, Delegation delegation) implements AccountEvent {}

    /// A key may no longer do anything for an account.
    record DelegationRevoked(AccountId account, SignerKey key) implements AccountEvent {}

    /// A delegated key spent some of its allowance.
    ///
    /// @param timeMillis when [ms since 1970]
    record AllowanceSpent(
            AccountId account, SignerKey key, Asset asset, Amount amount, long timeMillis)
            implements AccountEvent {}

    /// An account has other guardians, or none.
    record GuardiansSet(AccountId account, Optional<Guardians> guardians) implements AccountEvent {}

    /// Guardians asked for new signers.
    record RecoveryBegun(AccountId account, Recovery recovery) implements AccountEvent {}

    /// A key of the account objected.
    ///
    /// @param dueMillis when it was due [ms since 1970]
    record RecoveryCancelled(AccountId account, long dueMillis) implements AccountEvent {}

    /// Nobody objected in time: the new signers sign.
    record Recovered(AccountId account) implements AccountEvent {}

    /// An account was closed.
    record AccountClosed(AccountId account) implements AccountEvent {}

    /// There is a new asset.
    record AssetCreated(AssetTerms terms) implements AccountEvent {}

    /// An account has another limit.
    record LimitSet(Limit limit) implements AccountEvent {}

    /// Value moved at once. It was minted or burnt where one side is the asset's issuance account.
    ///
    /// @param reference commitment to what it is for
    record Moved(Transfer transfer, Digest reference) implements AccountEvent {}

    /// Value was reserved.
    record Reserved(PendingTransfer pending) implements AccountEvent {}

    /// What was reserved moved, and the rest of it was released.
    ///
    /// @param amount how much moved
    record Posted(PendingTransfer pending, Amount amount) implements AccountEvent {}

    /// What was reserved was released by whoever might.
    record Voided(PendingTransfer pending) implements AccountEvent {}

    /// What was reserved was released because its time was over.
    record Expired(PendingTransfer pending) implements AccountEvent {}
}
