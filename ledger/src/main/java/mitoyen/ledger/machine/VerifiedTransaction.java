package mitoyen.ledger.machine;

import java.util.List;
import java.util.SortedSet;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.proof.Digest;

/// A transaction for this ledger whose signatures all hold. Only the verifier of
/// `mitoyen.ledger.wire` makes one.
public interface VerifiedTransaction {
    /// What is asked for.
    Transaction transaction();

    /// The hash of the bytes that were signed: what "the same content" means (LE-54).
    Digest contentHash();

    /// The signatures that it carries, by rising key.
    List<VerifiedSignature> signatures();

    /// Whose plain signatures it carries: not those of passkeys.
    SortedSet<SignerKey> signers();
}
