package mitoyen.ledger.wire;

import mitoyen.ledger.account.AccountId;

/// What the keys of a community say about its members, by their index in the terms.
public interface MemberSecrets {
    /// The account that stands for a member on the ledger.
    AccountId pseudonym(int member);

    /// The key that the salts of a member's leaves are derived from; without it nobody can confirm
    /// a guess at what a leaf holds.
    byte[] saltKey(int member);
}
