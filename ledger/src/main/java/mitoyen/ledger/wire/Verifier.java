package mitoyen.ledger.wire;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// Turns bytes into a verified transaction, or says why they are none (LE-60). Needs no state, so
/// that any number of threads may share one.
public final class Verifier {
    private final Digest ledger;
    private final Parameters limits;

    /// A verifier for the ledger with this genesis.
    public Verifier(Genesis genesis) {
        this.ledger = genesis.hash();
        this.limits = genesis.parameters();
    }

    /// What the bytes are.
    public Verification verify(byte[] bytes) {
        if (bytes.length > limits.transactionBytes()) {
            return refused(TransactionRejection.TOO_LARGE);
        }
        SignedTransaction signed;
        Transaction transaction;
        try {
            signed = SignedTransaction.decode(bytes, limits);
            transaction = TransactionCodec.decode(signed.body().toBytes(), limits);
        } catch (CborException malformed) {
            return refused(TransactionRejection.MALFORMED);
        }
        if (!transaction.ledger().equals(ledger)) {
            return refused(TransactionRejection.FOR_ANOTHER_LEDGER);
        }
        if (transaction.version() != Genesis.PROTOCOL_VERSION) {
            return refused(TransactionRejection.FOR_ANOTHER_VERSION);
        }
        if (!registeredKeys(transaction.step()).stream().allMatch(Ed25519::isValid)) {
            return refused(TransactionRejection.KEY_INVALID);
        }
        byte[] message = SignedTransaction.message(ledger, signed.body().toBytes());
        for (SignedTransaction.Signature signature : signed.signatures()) {
            if (!Ed25519.isValid(signature.key())
                    || !Ed25519.verify(signature.key(), message, signature.signature())) {
                return refused(TransactionRejection.SIGNATURE_INVALID);
            }
        }
        return new Verification.Verified(
                new Checked(transaction, Sha256.of(message), signers(signed)));
    }

    private static Verification refused(TransactionRejection reason) {
        return new Verification.Refused(reason);
    }

    /// The keys that the state would remember if the transaction were accepted.
    private static List<SignerKey> registeredKeys(Step step) {
        return switch (step) {
            case Step.Energy(FoundCommunity founding) -> List.of(founding.settler());
            case Step.Energy(SettleDay _), Step.Energy(ClaimMonth _) -> List.of();
        };
    }

    private static SortedSet<SignerKey> signers(SignedTransaction signed) {
        SortedSet<SignerKey> signers = new TreeSet<>();
        signed.signatures().forEach(signature -> signers.add(signature.key()));
        return Collections.unmodifiableSortedSet(signers);
    }

    /// What bytes turned out to be.
    public sealed interface Verification {
        /// A transaction for this ledger whose signatures all hold.
        record Verified(VerifiedTransaction transaction) implements Verification {}

        /// Nothing to execute.
        record Refused(TransactionRejection reason) implements Verification {}
    }

    private record Checked(
            Transaction transaction, Digest contentHash, SortedSet<SignerKey> signers)
            implements VerifiedTransaction {}
}
