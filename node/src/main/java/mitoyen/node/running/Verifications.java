package mitoyen.node.running;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.Examined;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.ledger.wire.Verifier.Verification.Verified;

/// What was verified a short while ago, and which bundles. A node of several sees a transaction
/// when it is sent, in another node's bundle, in a proposal and in a block: it verifies it where it
/// sees it first, and takes a bundle apart once.
///
/// For any thread. Two generations are kept: once the young one is full, it becomes the old one.
final class Verifications {
    /// How many transactions a generation holds, and how many bundles.
    private static final int MOST = 1 << 14;

    /// How much they come to [bytes].
    private static final long MOST_BYTES = 16L << 20;

    /// What it takes to remember a transaction, beside its bytes, at most [bytes].
    private static final int EACH_BYTES = 512;

    private final AtomicLong bytes = new AtomicLong();
    private volatile Generations generations =
            new Generations(Generation.empty(), Generation.empty());

    /// Verifies bytes, or remembers what came of it.
    ///
    /// @param rules that the verifier keeps to: under others it is verified again
    /// @param sent the SHA-256 of the bytes
    Verification verify(Verifier verifier, Rules rules, Digest sent, byte[] transaction) {
        Optional<Verification> known = find(Generation::transactions, rules, sent);
        if (known.isPresent()) {
            return known.get();
        }
        Verification verification = verifier.verify(transaction);
        generations.young.transactions.put(sent, new Known<>(rules, verification));
        remembered((long) transaction.length + EACH_BYTES);
        return verification;
    }

    /// What a bundle is, if it is remembered.
    ///
    /// @param rules under which it must have been examined
    Optional<Examined> find(Rules rules, byte[] bundle) {
        return find(Generation::bundles, rules, Sha256.of(bundle));
    }

    /// Examines a bundle, or remembers what came of it.
    ///
    /// @param rules that the verifier keeps to
    Examined examine(Verifier verifier, Rules rules, byte[] bundle) {
        Digest hash = Sha256.of(bundle);
        Optional<Examined> known = find(Generation::bundles, rules, hash);
        if (known.isPresent()) {
            return known.get();
        }
        Examined examined =
                Examined.of(
                        bundle,
                        rules.parameters(),
                        true,
                        (sent, bytes) -> verify(verifier, rules, sent, bytes));
        remember(rules, hash, bundle.length, examined);
        return examined;
    }

    /// Remembers a bundle that was made of verified transactions.
    void remember(Rules rules, byte[] bundle, Examined examined) {
        remember(rules, Sha256.of(bundle), bundle.length, examined);
    }

    /// Forgets a bundle and what is in it: it is in a block.
    void forget(byte[] bundle, Examined examined) {
        Generations now = generations;
        Digest hash = Sha256.of(bundle);
        now.young.bundles.remove(hash);
        now.old.bundles.remove(hash);
        if (examined instanceof Examined.Transactions(var all)) {
            for (Examined.One each : all) {
                now.young.transactions.remove(each.sent());
                now.old.transactions.remove(each.sent());
            }
        }
    }

    /// Remembers bundles that a node may have gathered. Of others, which any peer can send, a
    /// thousand bytes would be a thousand objects here.
    private void remember(Rules rules, Digest hash, int length, Examined examined) {
        if (examined instanceof Examined.Transactions(var all)
                && !all.isEmpty()
                && all.stream().allMatch(each -> each.verification() instanceof Verified)) {
            generations.young.bundles.put(hash, new Known<>(rules, examined));
            remembered(length + (long) EACH_BYTES * all.size());
        }
    }

    private <T> Optional<T> find(
            Function<Generation, Map<Digest, Known<T>>> of, Rules rules, Digest hash) {
        Generations now = generations;
        return Optional.ofNullable(of.apply(now.young).get(hash))
                .or(() -> Optional.ofNullable(of.apply(now.old).get(hash)))
                .filter(known -> known.rules.equals(rules))
                .map(Known::what);
    }

    private void remembered(long length) {
        bytes.addAndGet(length);
        if (isFull()) {
            turn();
        }
    }

    private synchronized void turn() {
        if (isFull()) {
            bytes.set(0);
            generations = new Generations(generations.young, Generation.empty());
        }
    }

    private boolean isFull() {
        Generation young = generations.young;
        return bytes.get() > MOST_BYTES
                || young.transactions.size() > MOST
                || young.bundles.size() > MOST;
    }

    /// What was found out, and the rules under which it was.
    private record Known<T>(Rules rules, T what) {}

    private record Generation(
            Map<Digest, Known<Verification>> transactions, Map<Digest, Known<Examined>> bundles) {
        static Generation empty() {
            return new Generation(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }
    }

    private record Generations(Generation old, Generation young) {}
}
