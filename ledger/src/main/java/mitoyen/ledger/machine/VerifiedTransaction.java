package mitoyen.ledger.machine;

import java.util.SortedSet;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.proof.Digest;

/// A transaction for this ledger whose signatures all hold. Only the verifier of
/// `mitoyen.ledger.wire` makes one.
public interface VerifiedTransaction {
    /// What is asked for.
    Transaction transaction();

    /// The hash of the bytes that were signed: what "the same content" means (LE-54).
    Digest contentHash();

    /// Whose signatures it carries.
    SortedSet<SignerKey> signers();
}
