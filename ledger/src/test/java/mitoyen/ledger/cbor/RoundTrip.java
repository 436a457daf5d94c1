package mitoyen.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// What every decoder keeps to, whatever the bytes (LE-1, LE-8): they are refused or are what their
/// meaning encodes to, and take memory in proportion to their length.
public final class RoundTrip {
    private static final long FIXED_BYTES = 200_000;
    private static final long BYTES_PER_BYTE = 500;

    private static final Object THREADS = threads();
    private static final Method ALLOCATED = allocated();

    private RoundTrip() {}

    /// A decoder and its encoder, one after the other.
    public interface Codec {
        /// What the bytes mean, encoded again.
        ///
        /// @throws CborException if they mean nothing
        byte[] again(byte[] input) throws CborException;
    }

    /// Whether the bytes mean something.
    ///
    /// @throws AssertionError if that encodes to others, or takes more memory than it may, also
    ///   when all classes are loaded
    public static boolean isItselfOrRefused(String kind, Codec codec, byte[] input) {
        long before = allocatedBytes();
        boolean taken = isItself(kind, codec, input);
        if (allocatedBytes() - before > FIXED_BYTES + BYTES_PER_BYTE * input.length) {
            long again = allocatedBytes();
            taken = isItself(kind, codec, input);
            long bytes = allocatedBytes() - again;
            if (bytes > FIXED_BYTES + BYTES_PER_BYTE * input.length) {
                throw new AssertionError(kind + " took " + bytes + " bytes for " + input.length);
            }
        }
        return taken;
    }

    private static boolean isItself(String kind, Codec codec, byte[] input) {
        try {
            if (!Arrays.equals(codec.again(input), input)) {
                throw new AssertionError(kind + ": another encoding: " + ByteString.of(input));
            }
            return true;
        } catch (CborException refused) {
            return false;
        }
    }

    /// What this thread ever took [bytes]. By reflection, since the module that tests are compiled
    /// into does not read that of management.
    private static long allocatedBytes() {
        try {
            return (long) ALLOCATED.invoke(THREADS);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object threads() {
        try {
            return Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Method allocated() {
        try {
            return Class.forName("com.sun.management.ThreadMXBean")
                    .getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Takes an example, then what is left of it with a few bits changed or its end cut off.
    private static void holdsAround(String kind, Codec codec, byte[] example) {
        assertThat(isItselfOrRefused(kind, codec, example)).as(kind).isTrue();
        long seed = 8949;
        Random random = new Random(seed);
        int taken = 0;
        for (int run = 0; run < 2_000; run++) {
            byte[] input = Arrays.copyOf(example, example.length - random.nextInt(2));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
            }
            taken += isItselfOrRefused(kind, codec, input) ? 1 : 0;
        }
        assertThat(taken).as("%s, seed %d", kind, seed).isBetween(1, 1_900);
    }

    /// Takes an example by the codec of its kind, and what is around it.
    public static void holdsAround(Map<String, Codec> codecs, String kind, byte[] example) {
        holdsAround(kind, Objects.requireNonNull(codecs.get(kind)), example);
    }

    /// Takes each example by each codec: what one refuses, another may take.
    public static void holdsForAll(Map<String, Codec> codecs, byte[] input) {
        codecs.forEach((kind, codec) -> isItselfOrRefused(kind, codec, input));
    }
}
