package mitoyen.ledger.account;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// What may be asked of the accounts (LE-100).
public sealed interface AccountTransaction {
    /// Opens an account.
    record OpenAccount(AccountId account, SignerSet signers) implements AccountTransaction {}

    /// Changes who signs for an account.
    record SetSigners(AccountId account, SignerSet signers) implements AccountTransaction {}

    /// Lets a key do a little for an account, or changes what it may.
    ///
    /// @param delegation nothing of it spent yet
    record Delegate(AccountId account, Delegation delegation) implements AccountTransaction {}

    /// Takes a delegation back.
    record Revoke(AccountId account, SignerKey key) implements AccountTransaction {}

    /// Names who may replace an account's signers; empty for nobody.
    record SetGuardians(AccountId account, Optional<Guardians> guardians)
            implements AccountTransaction {}

    /// Asks, as guardians, for new signers of an account.
    ///
    /// @param lost keys that are to count for nothing from now on, by rising key
    record Recover(AccountId account, List<SignerKey> lost, SignerSet signers)
            implements AccountTransaction {
        public Recover {
            lost = List.copyOf(lost);
        }
    }

    /// Objects to a recovery.
    record CancelRecovery(AccountId account) implements AccountTransaction {}

    /// Closes an account for good: nothing goes from or to it any more, except what is pending.
    record CloseAccount(AccountId account) implements AccountTransaction {}

    /// Creates an asset.
    record CreateAsset(AssetTerms terms) implements AccountTransaction {}

    /// Sets what an account may do with an asset.
    record SetLimit(Limit limit) implements AccountTransaction {}

    /// Brings more of an asset into being.
    ///
    /// @param reference commitment to what it is for; so in all that follow
    record Mint(Asset asset, AccountId to, Amount amount, Digest reference)
            implements AccountTransaction {}

    /// Takes some of an asset, which its issuer holds, out of being.
    record Burn(Asset asset, Amount amount, Digest reference) implements AccountTransaction {}

    /// Moves an amount at once.
    record Move(Asset asset, AccountId from, AccountId to, Amount amount, Digest reference)
            implements AccountTransaction {}

    /// Reserves an amount.
    ///
    /// @param expiresMillis when it is released if nothing was done [ms since 1970]
    /// @param arbiter who may post and void it beside the payee
    record Reserve(
            Asset asset,
            AccountId from,
            AccountId to,
            Amount amount,
            long expiresMillis,
            Optional<AccountId> arbiter,
            Digest reference)
            implements AccountTransaction {}

    /// Moves what is pending.
    ///
    /// @param amount how much of it, the rest being released; all of it where empty
    record PostPending(PendingId pending, Optional<Amount> amount) implements AccountTransaction {}

    /// Releases what is pending.
    record VoidPending(PendingId pending) implements AccountTransaction {}
}
