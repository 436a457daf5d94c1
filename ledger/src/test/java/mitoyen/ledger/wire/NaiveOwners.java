package mitoyen.ledger.wire;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Recovery;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.machine.Parameters;

/// Who stands behind accounts and what signatures are worth (LE-120 to LE-126), for [NaiveLedger].
final class NaiveOwners {
    private NaiveOwners() {}

    /// What a delegated key spent in the period that began at a time.
    record Use(long start, Map<Asset, BigInteger> spent) {
        BigInteger of(Asset asset) {
            return spent.getOrDefault(asset, BigInteger.ZERO);
        }

        Use with(Asset asset, BigInteger amount) {
            Map<Asset, BigInteger> more = new TreeMap<>(spent);
            more.merge(asset, amount, BigInteger::add);
            return new Use(start, more);
        }
    }

    /// Who stands behind an account.
    record Owner(
            SignerSet signers,
            Map<SignerKey, Delegation> delegations,
            Map<SignerKey, Use> uses,
            Optional<Guardians> guardians,
            Optional<Recovery> recovery,
            boolean closed) {
        static Owner opened(SignerSet signers) {
            return new Owner(
                    signers, Map.of(), Map.of(), Optional.empty(), Optional.empty(), false);
        }

        Owner with(SignerSet changed) {
            return new Owner(changed, delegations, uses, guardians, recovery, closed);
        }

        Owner guarded(Optional<Guardians> changed) {
            return new Owner(signers, delegations, uses, changed, recovery, closed);
        }

        Owner recovering(Optional<Recovery> changed) {
            return new Owner(signers, delegations, uses, guardians, changed, closed);
        }

        Owner close() {
            return new Owner(signers, delegations, uses, guardians, recovery, true);
        }

        Owner without(Collection<SignerKey> keys) {
            Map<SignerKey, Delegation> left = new TreeMap<>(delegations);
            left.keySet().removeAll(keys);
            return new Owner(signers, left, uses, guardians, recovery, closed);
        }

        Owner with(Delegation delegation, long now) {
            Map<SignerKey, Delegation> more = new TreeMap<>(delegations);
            more.put(delegation.key(), delegation);
            return new Owner(signers, more, uses, guardians, recovery, closed)
                    .using(delegation.key(), new Use(now, Map.of()));
        }

        Owner using(SignerKey key, Use use) {
            Map<SignerKey, Use> changed = new TreeMap<>(uses);
            changed.put(key, use);
            return new Owner(signers, delegations, changed, guardians, recovery, closed);
        }

        /// What is spent of the period that runs, or of one that begins now.
        Use use(Delegation delegation, long now) {
            Use use = Objects.requireNonNull(uses.get(delegation.key()));
            BigInteger end =
                    BigInteger.valueOf(use.start())
                            .add(BigInteger.valueOf(delegation.periodMillis()));
            return end.compareTo(BigInteger.valueOf(now)) > 0 ? use : new Use(now, Map.of());
        }

        Set<SignerKey> lost() {
            return recovery.map(each -> new TreeSet<>(each.lost())).orElseGet(TreeSet::new);
        }

        /// The weight of the signers that signed; above an amount, of the verified ones.
        int weight(List<VerifiedSignature> signatures, boolean verified) {
            int weight = 0;
            for (Signer signer : signers.signers()) {
                boolean signed = false;
                for (VerifiedSignature each : signatures) {
                    boolean sameKind =
                            signer.relyingParty().isPresent()
                                    ? each.assertion().isPresent()
                                            && each.assertion()
                                                    .get()
                                                    .relyingParty()
                                                    .equals(signer.relyingParty().get())
                                            && (!verified || each.assertion().get().userVerified())
                                    : each.assertion().isEmpty();
                    signed |= each.key().equals(signer.key()) && sameKind;
                }
                weight += signed && !lost().contains(signer.key()) ? signer.weight() : 0;
            }
            return weight;
        }

        /// The delegations whose keys signed and that count, by rising key.
        List<Delegation> live(List<VerifiedSignature> signatures, long now) {
            return delegations.values().stream()
                    .filter(each -> now < each.untilMillis() && !lost().contains(each.key()))
                    .filter(each -> signatures.contains(VerifiedSignature.plain(each.key())))
                    .toList();
        }
    }

    static boolean valid(SignerSet set, Parameters limits) {
        int weight = 0;
        for (Signer signer : set.signers()) {
            boolean bound = signer.relyingParty().isPresent();
            if (signer.weight() < 1
                    || signer.weight() > 1_000
                    || (bound && signer.key().bytes().length() != 33)) {
                return false;
            }
            weight += signer.weight();
        }
        return !set.signers().isEmpty()
                && set.signers().size() <= limits.accounts().signers()
                && rising(set.signers().stream().map(Signer::key).toList())
                && set.threshold() > 0
                && set.threshold() <= weight;
    }

    static boolean valid(Delegation delegation, Parameters limits, long now) {
        int scope = limits.accounts().scope();
        return !delegation.kinds().isEmpty()
                && rising(delegation.kinds())
                && delegation.allowances().size() <= scope
                && rising(delegation.allowances().stream().map(Allowance::asset).toList())
                && delegation.allowances().stream().noneMatch(each -> each.limit().units() < 0)
                && delegation.counterparties().size() <= scope
                && rising(delegation.counterparties())
                && delegation.periodMillis() > 0
                && delegation.untilMillis() > now;
    }

    /// Whether each is above the one before it.
    static <T extends Comparable<? super T>> boolean rising(List<T> items) {
        return List.copyOf(new TreeSet<>(items)).equals(items);
    }
}
