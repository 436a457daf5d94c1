package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountTransaction.Recover;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;

/// Who stands behind an account (LE-120 to LE-126).
///
/// @param signers who signs
/// @param delegated by key, what it may do and what it spent
/// @param guardians who may replace the signers
/// @param recovery what guardians asked for
/// @param recoveryDue when that comes to hold [ms since 1970]; says nothing without a recovery
/// @param closed whether it is closed
public record Person(
        SignerSet signers,
        SortedMap<SignerKey, Delegated> delegated,
        Optional<Guardians> guardians,
        Optional<Recover> recovery,
        long recoveryDue,
        boolean closed) {
    public Person {
        delegated = Collections.unmodifiableSortedMap(new TreeMap<>(delegated));
    }

    static Person opened(SignerSet signers) {
        return new Person(signers, new TreeMap<>(), Optional.empty(), Optional.empty(), 0, false);
    }

    /// Whether the signers among these keys reach the threshold.
    public boolean consents(Signatures signed) {
        return weight(signed, false) >= signers.threshold();
    }

    /// The same where a passkey counts only if its user was verified (LE-122).
    boolean consentsVerified(Signatures signed) {
        return weight(signed, true) >= signers.threshold();
    }

    /// Whether one of these keys signs for all of the account.
    boolean isSignedByAny(Signatures signed) {
        return weight(signed, false) > 0;
    }

    /// Whether one of these keys is the account's, be it a delegated one.
    boolean mayBeSentBy(Signatures signed, long timeMillis) {
        return isSignedByAny(signed)
                || delegated.keySet().stream()
                        .anyMatch(key -> signed.plain().contains(key) && isLive(key, timeMillis));
    }

    /// Whether a key is delegated something that is not over, and was not named as lost.
    boolean isLive(SignerKey key, long timeMillis) {
        Delegated held = delegated.get(key);
        return held != null && timeMillis < held.terms().untilMillis() && !isLost(key);
    }

    private long weight(Signatures signed, boolean verified) {
        long weight = 0;
        for (Signer signer : signers.signers()) {
            if (signed.areOf(signer, verified) && !isLost(signer.key())) {
                weight += signer.weight();
            }
        }
        return weight;
    }

    private boolean isLost(SignerKey key) {
        return recovery.map(asked -> asked.lost().contains(key)).orElse(false);
    }

    Person with(SignerSet changed) {
        return new Person(changed, delegated, guardians, recovery, recoveryDue, closed);
    }

    Person with(SignerKey key, Delegated held) {
        SortedMap<SignerKey, Delegated> changed = new TreeMap<>(delegated);
        changed.put(key, held);
        return new Person(signers, changed, guardians, recovery, recoveryDue, closed);
    }

    Person without(SignerKey key) {
        SortedMap<SignerKey, Delegated> changed = new TreeMap<>(delegated);
        changed.remove(key);
        return new Person(signers, changed, guardians, recovery, recoveryDue, closed);
    }

    Person with(Optional<Guardians> changed) {
        return new Person(signers, delegated, changed, recovery, recoveryDue, closed);
    }

    Person recovering(Recover asked, long due) {
        return new Person(signers, delegated, guardians, Optional.of(asked), due, closed);
    }

    Person withoutRecovery() {
        return new Person(signers, delegated, guardians, Optional.empty(), 0, closed);
    }

    Person close() {
        return new Person(signers, delegated, guardians, recovery, recoveryDue, true);
    }

    /// What a key may do, and what it spent of it.
    ///
    /// @param terms as they were asked for
    /// @param periodStart when the period began in which this was spent [ms since 1970]
    /// @param spent by asset
    public record Delegated(
            Delegation terms, long periodStart, SortedMap<Asset, BigInteger> spent) {
        public Delegated {
            spent = Collections.unmodifiableSortedMap(new TreeMap<>(spent));
        }

        boolean isOver(long timeMillis) {
            return timeMillis - periodStart >= terms.periodMillis();
        }

        BigInteger spentAt(long timeMillis, Asset asset) {
            return isOver(timeMillis)
                    ? BigInteger.ZERO
                    : spent.getOrDefault(asset, BigInteger.ZERO);
        }

        Delegated spending(long timeMillis, Asset asset, BigInteger amount) {
            SortedMap<Asset, BigInteger> after =
                    isOver(timeMillis) ? new TreeMap<>() : new TreeMap<>(spent);
            after.merge(asset, amount, BigInteger::add);
            return new Delegated(terms, isOver(timeMillis) ? timeMillis : periodStart, after);
        }
    }
}
