package mitoyen.node.running;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;

/// What was verified a short while ago. A node of several sees a transaction when it is sent, in
/// another node's bundle, in a proposal and in a block: it verifies it where it sees it first.
///
/// For any thread. Two generations are kept: once the young one is full, it becomes the old one.
final class Verifications {
    /// How many transactions a generation holds.
    private static final int MOST = 1 << 14;

    /// How much they come to [bytes].
    private static final long MOST_BYTES = 16L << 20;

    private final AtomicLong bytes = new AtomicLong();
    private volatile Generations generations = new Generations(Map.of(), new ConcurrentHashMap<>());

    /// Verifies bytes, or remembers what came of it.
    ///
    /// @param rules that the verifier keeps to: under others it is verified again
    /// @param sent the SHA-256 of the bytes
    Verification verify(Verifier verifier, Rules rules, Digest sent, byte[] transaction) {
        Optional<Verification> known = find(rules, sent);
        if (known.isPresent()) {
            return known.get();
        }
        Verification verification = verifier.verify(transaction);
        remember(sent, new Known(rules, verification), transaction.length);
        return verification;
    }

    /// What came of verifying bytes with this SHA-256 under these rules, if it is remembered.
    Optional<Verification> find(Rules rules, Digest sent) {
        Generations now = generations;
        return Optional.ofNullable(now.young.get(sent))
                .or(() -> Optional.ofNullable(now.old.get(sent)))
                .filter(known -> known.rules.equals(rules))
                .map(known -> known.verification);
    }

    private void remember(Digest sent, Known known, int length) {
        generations.young.put(sent, known);
        bytes.addAndGet(length);
        if (isFull()) {
            turn();
        }
    }

    private synchronized void turn() {
        if (isFull()) {
            bytes.set(0);
            generations = new Generations(generations.young, new ConcurrentHashMap<>());
        }
    }

    private boolean isFull() {
        return bytes.get() > MOST_BYTES || generations.young.size() > MOST;
    }

    private record Known(Rules rules, Verification verification) {}

    private record Generations(Map<Digest, Known> old, ConcurrentHashMap<Digest, Known> young) {}
}
