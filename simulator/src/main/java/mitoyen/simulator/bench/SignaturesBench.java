package mitoyen.simulator.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import mitoyen.ledger.signature.Ed25519;
import mitoyen.ledger.signature.P256;
import mitoyen.ledger.signature.SignatureChecker;

/// Checks of signatures on one core with each library, from the bytes of a key, a message and a
/// signature to the verdict: the limit that a ledger of signed transactions is measured against.
///
/// Time is that which the processor spent on the thread, so that what else runs on the machine
/// counts little; a figure is that of the median round.
///
/// @param checks signatures checked in a round
/// @param rounds how often each is measured once it is warm
public record SignaturesBench(int checks, int rounds) implements Benchmark {
    /// A few thousand in a round, for some seconds each.
    public static final SignaturesBench FULL = new SignaturesBench(4_096, 9);

    private static final int MESSAGE_BYTES = 200;
    private static final int SIGNERS = 256;
    private static final int PLENTY = 4 * SIGNERS;
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return "signatures";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) {
        progress.accept("signing " + 2 * SIGNERS + " messages");
        List<Signed> ed25519 = new ArrayList<>();
        List<Signed> p256 = new ArrayList<>();
        for (int i = 1; i <= SIGNERS; i++) {
            byte[] secret = ByteBuffer.allocate(32).putInt(28, i).array();
            byte[] message = ByteBuffer.allocate(MESSAGE_BYTES).putInt(i).array();
            ed25519.add(new Signed(Ed25519.keyOf(secret), message, Ed25519.sign(secret, message)));
            p256.add(new Signed(P256.keyOf(secret), message, P256.sign(secret, message)));
        }
        SignatureChecker fast = SignatureChecker.forMany(PLENTY);
        SignatureChecker forgetful = SignatureChecker.forMany(1);
        SignatureChecker portable = SignatureChecker.portable(PLENTY);
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        figures.put("library", fast.providerName());
        measure(figures, progress, "ed25519", ed25519, fast::ed25519);
        measure(figures, progress, "ed25519NewKey", ed25519, forgetful::ed25519);
        measure(figures, progress, "p256", p256, fast::p256);
        figures.put("portableLibrary", portable.providerName());
        measure(figures, progress, "portableEd25519", ed25519, portable::ed25519);
        measure(figures, progress, "portableP256", p256, portable::p256);
        return figures;
    }

    private void measure(
            SequencedMap<String, Object> figures,
            Consumer<String> progress,
            String figure,
            List<Signed> signed,
            Check check) {
        progress.accept("checking " + figure);
        List<Long> nanos = new ArrayList<>();
        int warmUp = 1 + rounds / 3;
        for (int round = 0; round < warmUp + rounds; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < checks; i++) {
                Signed one = signed.get(i % SIGNERS);
                if (!check.holds(one.key, one.message, one.signature)) {
                    throw new IllegalStateException("a signature of " + figure + " does not hold");
                }
            }
            if (round >= warmUp) {
                nanos.add(THREADS.getCurrentThreadCpuTime() - start);
            }
        }
        nanos.sort(null);
        figures.put(figure + "PerSecond", Math.round(checks * NANOS / nanos.get(rounds / 2)));
    }

    /// A message and its signature.
    @SuppressWarnings("ArrayRecordComponent")
    private record Signed(byte[] key, byte[] message, byte[] signature) {}

    /// How it is checked.
    @FunctionalInterface
    private interface Check {
        boolean holds(byte[] key, byte[] message, byte[] signature);
    }
}
