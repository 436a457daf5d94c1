package mitoyen.ledger.wire;

import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.proof.Hmac;

/// What the keys of a community say about its members, by their index in the terms.
public interface MemberSecrets {
    /// The account that stands for a member on the ledger.
    AccountId pseudonym(int member);

    /// The key that the salts of a member's leaves are derived from; without it nobody can confirm
    /// a guess at what a leaf holds.
    byte[] saltKey(int member);

    /// That key made ready for use: whoever has many days' leaves to salt makes it once.
    default Hmac salts(int member) {
        return new Hmac(saltKey(member));
    }
}
