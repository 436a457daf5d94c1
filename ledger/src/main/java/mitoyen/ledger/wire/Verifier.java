package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.governance.GovernanceTransaction.SetValidator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.signature.SignatureChecker;

/// Turns bytes into a verified transaction, or says why they are none (LE-60). Needs no state, so
/// that any number of threads may share one.
public final class Verifier {
    /// From this version on, a transaction that names a version to come is for another version, and
    /// not malformed (LE-95).
    private static final int ANY_NUMBER = 3;

    private final Digest ledger;
    private final int version;
    private final boolean shared;
    private final Parameters limits;
    private final SignatureRule rule;

    /// A verifier for the ledger with this genesis, under the rules that it begins with, for a few
    /// transactions.
    public Verifier(Genesis genesis) {
        this(
                genesis,
                new Rules(genesis.version(), genesis.parameters()),
                SignatureRule.checkedBy(SignatureChecker.forFew()));
    }

    /// A verifier for the ledger with this genesis, under these rules.
    ///
    /// @param rule by which signatures are checked
    public Verifier(Genesis genesis, Rules rules, SignatureRule rule) {
        this(genesis.hash(), genesis.isShared(), rules, rule);
    }

    /// The same for whoever verifies block after block, and knows the hash of the genesis.
    ///
    /// @param shared whether several nodes order the ledger
    Verifier(Digest ledger, boolean shared, Rules rules, SignatureRule rule) {
        this.ledger = ledger;
        this.version = rules.version();
        this.shared = shared;
        this.limits = rules.parameters();
        this.rule = rule;
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
            transaction = TransactionCodec.decode(signed.body(), limits);
        } catch (CborException malformed) {
            return refused(TransactionRejection.MALFORMED);
        }
        if (!isKnownForm(signed, transaction)) {
            return refused(TransactionRejection.MALFORMED);
        }
        if (!transaction.ledger().equals(ledger)) {
            return refused(TransactionRejection.FOR_ANOTHER_LEDGER);
        }
        if (transaction.version() != version && !isActivation(transaction)) {
            return refused(TransactionRejection.FOR_ANOTHER_VERSION);
        }
        if (!areKeysValid(transaction)) {
            return refused(TransactionRejection.KEY_INVALID);
        }
        byte[] message = SignedTransaction.message(ledger, signed.body());
        Digest contentHash = Sha256.of(message);
        List<VerifiedSignature> signatures = new ArrayList<>();
        for (SignedTransaction.Signature signature : signed.signatures()) {
            Optional<VerifiedSignature> verified = verify(signature, message, contentHash);
            if (verified.isEmpty()) {
                return refused(TransactionRejection.SIGNATURE_INVALID);
            }
            signatures.add(verified.get());
        }
        return new Verification.Verified(
                new Checked(transaction, contentHash, List.copyOf(signatures)));
    }

    private static Verification refused(TransactionRejection reason) {
        return new Verification.Refused(reason);
    }

    /// Version 1 knows transactions of its own form with Ed25519 signatures, and that which ends
    /// it. Later versions have a form of their own, and none of the first that bears the number of
    /// one. Before version 3 no number but 2 was known in that form. Who orders a ledger is asked
    /// for only where several nodes do.
    private boolean isKnownForm(SignedTransaction signed, Transaction transaction) {
        if (!shared && hasGovernance(transaction)) {
            return false;
        }
        if (version < ANY_NUMBER
                && transaction instanceof Transaction.Version2 later
                && later.version() != Transaction.Version2.FIRST) {
            return false;
        }
        if (version == Genesis.PROTOCOL_VERSION
                && transaction.steps().stream().anyMatch(Verifier::isOfSettlers)) {
            return false;
        }
        if (version != Genesis.PROTOCOL_VERSION) {
            return !(transaction instanceof Transaction.Version1)
                    || transaction.version() <= Genesis.PROTOCOL_VERSION
                    || transaction.version() > version;
        }
        return signed.signatures().stream().noneMatch(each -> each.key().isP256())
                && (transaction instanceof Transaction.Version1 || isActivation(transaction));
    }

    private static boolean hasGovernance(Transaction transaction) {
        for (Step step : transaction.steps()) {
            if (step instanceof Step.Governance) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfSettlers(Step step) {
        return switch (step) {
            case Step.Energy(FoundCommunity founding) -> founding.settlers().isPresent();
            case Step.Energy(AttestDay _),
                    Step.Energy(DissentDay _),
                    Step.Energy(AttestClaim _),
                    Step.Energy(ObjectClaim _) ->
                    true;
            case Step.Energy(SettleDay _),
                    Step.Energy(ClaimMonth _),
                    Step.Account _,
                    Step.Governance _,
                    Step.Activate _ ->
                    false;
        };
    }

    private static boolean isActivation(Transaction transaction) {
        return transaction.steps().size() == 1
                && transaction.steps().getFirst() instanceof Step.Activate;
    }

    private Optional<VerifiedSignature> verify(
            SignedTransaction.Signature signature, byte[] message, Digest contentHash) {
        SignerKey key = signature.key();
        if (signature.passkey().isPresent()) {
            return verify(key, signature.signature(), signature.passkey().get(), contentHash);
        }
        return rule.holds(key, message, signature.signature())
                ? Optional.of(VerifiedSignature.plain(key))
                : Optional.empty();
    }

    /// An assertion names its site itself: whether it is the one that the signer is bound to, the
    /// state says.
    private Optional<VerifiedSignature> verify(
            SignerKey key,
            ByteString signature,
            SignedTransaction.Passkey passkey,
            Digest contentHash) {
        ByteString data = passkey.authenticatorData();
        if (limits.origins().isEmpty() || data.length() < RelyingParty.ID_HASH_LENGTH) {
            return Optional.empty();
        }
        ByteString site = ByteString.of(data.toBytes(), 0, RelyingParty.ID_HASH_LENGTH);
        PasskeyVerdict verdict =
                rule.passkey(
                        key,
                        contentHash.toBytes(),
                        new RelyingParty(site, limits.origins()),
                        new PasskeyAssertion(data, passkey.clientData(), signature));
        return switch (verdict) {
            case PasskeyVerdict.Holds(boolean userVerified, _) ->
                    Optional.of(
                            new VerifiedSignature(
                                    key,
                                    Optional.of(
                                            new VerifiedSignature.Assertion(
                                                    new Digest(site), userVerified))));
            case PasskeyVerdict.Refused _ -> Optional.empty();
        };
    }

    private boolean areKeysValid(Transaction transaction) {
        for (Step step : transaction.steps()) {
            for (SignerKey key : registeredKeys(step)) {
                if (!rule.isValid(key)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The keys that the state would remember if a step were accepted.
    private static List<SignerKey> registeredKeys(Step step) {
        return switch (step) {
            case Step.Energy(FoundCommunity founding) -> List.of(founding.settler());
            case Step.Energy(SettleDay _),
                    Step.Energy(ClaimMonth _),
                    Step.Energy(AttestDay _),
                    Step.Energy(DissentDay _),
                    Step.Energy(AttestClaim _),
                    Step.Energy(ObjectClaim _),
                    Step.Activate _ ->
                    List.of();
            case Step.Governance(SetValidator setting) -> List.of(setting.key());
            case Step.Account(AccountTransaction.OpenAccount opening) -> keys(opening.signers());
            case Step.Account(AccountTransaction.SetSigners setting) -> keys(setting.signers());
            case Step.Account(AccountTransaction.Recover recovery) -> keys(recovery.signers());
            case Step.Account(AccountTransaction.Delegate delegating) ->
                    List.of(delegating.delegation().key());
            case Step.Account(AccountTransaction.Revoke _),
                    Step.Account(AccountTransaction.SetGuardians _),
                    Step.Account(AccountTransaction.CancelRecovery _),
                    Step.Account(AccountTransaction.CloseAccount _),
                    Step.Account(AccountTransaction.CreateAsset _),
                    Step.Account(AccountTransaction.SetLimit _),
                    Step.Account(AccountTransaction.Mint _),
                    Step.Account(AccountTransaction.Burn _),
                    Step.Account(AccountTransaction.Move _),
                    Step.Account(AccountTransaction.Reserve _),
                    Step.Account(AccountTransaction.PostPending _),
                    Step.Account(AccountTransaction.VoidPending _) ->
                    List.of();
        };
    }

    private static List<SignerKey> keys(SignerSet set) {
        return set.signers().stream().map(Signer::key).toList();
    }

    /// What bytes turned out to be.
    public sealed interface Verification {
        /// A transaction for this ledger whose signatures all hold.
        record Verified(VerifiedTransaction transaction) implements Verification {}

        /// Nothing to execute.
        record Refused(TransactionRejection reason) implements Verification {}
    }

    private record Checked(
            Transaction transaction, Digest contentHash, List<VerifiedSignature> signatures)
            implements VerifiedTransaction {
        @Override
        public SortedSet<SignerKey> signers() {
            SortedSet<SignerKey> signers = new TreeSet<>();
            signatures.stream()
                    .filter(each -> each.assertion().isEmpty())
                    .forEach(each -> signers.add(each.key()));
            return Collections.unmodifiableSortedSet(signers);
        }
    }
}
