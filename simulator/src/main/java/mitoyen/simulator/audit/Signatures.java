package mitoyen.simulator.audit;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.proof.Digest;

/// Who signed a transaction, and how (LE-120).
///
/// @param plain the keys that signed the message itself
/// @param passkeys what passkeys asserted, by key
public record Signatures(Set<SignerKey> plain, SortedMap<SignerKey, Assertion> passkeys) {
    public Signatures {
        plain = Collections.unmodifiableSet(new TreeSet<>(plain));
        passkeys = Collections.unmodifiableSortedMap(new TreeMap<>(passkeys));
    }

    /// What a passkey asserted.
    ///
    /// @param site the SHA-256 of the name of the site that it was made for
    /// @param userVerified whether its user was verified
    public record Assertion(Digest site, boolean userVerified) {}

    /// Whether a signer signed in the way that it is bound to.
    ///
    /// @param verified whether a passkey counts only if its user was verified (LE-122)
    boolean areOf(Signer signer, boolean verified) {
        if (signer.relyingParty().isEmpty()) {
            return plain.contains(signer.key());
        }
        return Optional.ofNullable(passkeys.get(signer.key()))
                .filter(each -> signer.relyingParty().equals(Optional.of(each.site)))
                .filter(each -> each.userVerified || !verified)
                .isPresent();
    }
}
