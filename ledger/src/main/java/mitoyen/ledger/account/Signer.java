package mitoyen.ledger.account;

import java.util.Optional;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;

/// A key that signs for an account (LE-120).
///
/// @param key Ed25519 or P-256
/// @param weight what its signature counts towards the threshold, 1 to 1,000
/// @param relyingParty for a passkey the SHA-256 of the site that it is bound to: then only its
///   assertions for that site count; for any other key empty: then only its plain signatures do
public record Signer(SignerKey key, int weight, Optional<Digest> relyingParty) {
    /// The greatest weight.
    public static final int MAX_WEIGHT = 1_000;

    /// A signer by plain signatures.
    public static Signer plain(SignerKey key, int weight) {
        return new Signer(key, weight, Optional.empty());
    }

    /// Whether its weight is in range, and only a key of P-256 is a passkey's.
    boolean isValid() {
        return weight >= 1 && weight <= MAX_WEIGHT && (relyingParty.isEmpty() || key.isP256());
    }

    /// Whether a signature is one of this signer's.
    boolean gave(VerifiedSignature signature) {
        return signature.key().equals(key)
                && signature
                        .assertion()
                        .map(VerifiedSignature.Assertion::relyingParty)
                        .equals(relyingParty);
    }

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(relyingParty.isPresent() ? 3 : 2);
        writer.key("key").bytes(key.bytes());
        writer.key("weight").integer(weight);
        relyingParty.ifPresent(hash -> writer.key("relying-party").bytes(hash.bytes()));
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is no signer
    public static Signer read(CborReader reader) throws CborException {
        reader.beginMap();
        SignerKey key = Fields.key(reader.key("key"));
        int weight = (int) reader.key("weight").unsigned(Integer.MAX_VALUE);
        Optional<Digest> relyingParty =
                reader.optionalKey("relying-party")
                        ? Optional.of(Fields.digest(reader))
                        : Optional.empty();
        reader.endMap();
        return new Signer(key, weight, relyingParty);
    }
}
