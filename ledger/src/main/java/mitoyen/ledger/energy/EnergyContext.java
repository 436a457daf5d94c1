package mitoyen.ledger.energy;

import java.util.Optional;
import java.util.SortedSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerKey;

/// What a transaction of the energy contract is decided in, beside the state.
///
/// @param height of the block
/// @param timeMillis of the block [ms since 1970]
/// @param signedMillis the time that its signers set: when it expires, which is at most
///   `validity-millis` behind the block's (LE-94) [ms since 1970]
/// @param signers whose signatures it carries, all verified
/// @param speaker the account in whose name it is sent, if that is open and its signers consent
public record EnergyContext(
        long height,
        long timeMillis,
        long signedMillis,
        SortedSet<SignerKey> signers,
        Optional<AccountId> speaker) {}
