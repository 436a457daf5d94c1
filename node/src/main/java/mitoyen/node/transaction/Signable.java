package mitoyen.node.transaction;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.keys.SigningKey;

/// The bytes of a transaction that are signed, and what they say.
///
/// Everything shown of it is read back from these bytes, never taken from what they were made from:
/// what one sees is what one signs.
public final class Signable {
    private static final SignatureChecker CHECKER = SignatureChecker.forFew();

    private final ByteString body;
    private final Transaction.Version2 transaction;
    private final SortedMap<SignerKey, SignedTransaction.Signature> signatures;

    private Signable(
            ByteString body,
            Transaction.Version2 transaction,
            SortedMap<SignerKey, SignedTransaction.Signature> signatures) {
        this.body = body;
        this.transaction = transaction;
        this.signatures = signatures;
    }

    /// A transaction that nobody signed yet.
    ///
    /// @throws CborException if it is larger than any ledger takes
    public static Signable of(Transaction.Version2 transaction) throws CborException {
        return decodeBody(ByteString.of(TransactionCodec.encode(transaction)), List.of());
    }

    /// A transaction as it travels, with the signatures that it has.
    ///
    /// @throws CborException if the bytes are none
    public static Signable decode(byte[] bytes) throws CborException {
        SignedTransaction signed = SignedTransaction.decode(bytes, Parameters.STANDARD);
        return decodeBody(signed.body(), signed.signatures());
    }

    private static Signable decodeBody(
            ByteString body, List<SignedTransaction.Signature> signatures) throws CborException {
        Transaction read = TransactionCodec.decode(body.toBytes(), Parameters.STANDARD);
        if (!(read instanceof Transaction.Version2 second)) {
            throw new CborException(0, "a transaction of version " + read.version());
        }
        SortedMap<SignerKey, SignedTransaction.Signature> byKey = new TreeMap<>();
        signatures.forEach(signature -> byKey.put(signature.key(), signature));
        return new Signable(body, second, byKey);
    }

    /// What the bytes say.
    public Transaction.Version2 transaction() {
        return transaction;
    }

    /// What the bytes say, in sentences.
    public List<String> summary() {
        return TransactionSummary.of(transaction);
    }

    /// The bytes, in CBOR's diagnostic notation.
    public String diagnostic() {
        return CborItem.parse(body.toBytes()).toString();
    }

    /// The bytes that are signed, behind the ledger's tag and name.
    public ByteString body() {
        return body;
    }

    /// What the ledger takes for the same content (LE-71).
    public Digest contentHash() {
        return Sha256.of(message());
    }

    /// Who signed.
    public Collection<SignedTransaction.Signature> signatures() {
        return List.copyOf(signatures.values());
    }

    /// Whether a signature on it holds, as far as this program can tell: which site's passkeys
    /// count is the ledger's to say, and so is whether their assertions hold.
    public boolean holds(SignedTransaction.Signature signature) {
        byte[] key = signature.key().bytes().toBytes();
        byte[] bytes = signature.signature().toBytes();
        return signature.passkey().isPresent()
                || (signature.key().isP256()
                        ? CHECKER.p256(key, message(), bytes)
                        : CHECKER.ed25519(key, message(), bytes));
    }

    /// The same, signed by these keys as well.
    public Signable signedBy(List<SigningKey> keys) {
        SortedMap<SignerKey, SignedTransaction.Signature> more = new TreeMap<>(signatures);
        byte[] message = message();
        for (SigningKey key : keys) {
            more.put(key.key(), SignedTransaction.Signature.plain(key.key(), key.sign(message)));
        }
        return new Signable(body, transaction, more);
    }

    /// The bytes that travel.
    public byte[] toBytes() {
        return new SignedTransaction(body, List.copyOf(signatures.values())).toBytes();
    }

    /// What is signed. A body has one encoding (LE-1), so that of what was read is the body.
    private byte[] message() {
        return SignedTransaction.message(transaction);
    }
}
