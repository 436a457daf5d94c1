package mitoyen.ledger.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// LE-141, LE-143: what is remembered of keys changes no answer.
final class KnownKeysTest {
    private static final List<byte[]> VALID = valid();

    @Test
    void moreKeysThanThereIsRoomForAreAnsweredTheSame() {
        for (int capacity : List.of(1, 2, 3, 4, 5, 7, 8, 100)) {
            KnownKeys known = new KnownKeys(capacity);
            for (int round = 0; round < 3; round++) {
                assertThat(VALID).as("capacity %d", capacity).allMatch(known::isOfPrimeOrder);
                assertThat(HostileSignature.SMALL).noneMatch(known::isOfPrimeOrder);
                assertThat(HostileSignature.NOT_CANONICAL).noneMatch(known::isOfPrimeOrder);
            }
        }
    }

    @Test
    void aKeyIsFoundOutOnce() {
        KnownKeys known = new KnownKeys(64);
        assertThat(known.size()).isZero();
        for (int i = 0; i < 10; i++) {
            VALID.forEach(known::isOfPrimeOrder);
            HostileSignature.SMALL.forEach(known::isOfPrimeOrder);
        }
        assertThat(known.size()).isEqualTo(VALID.size());
    }

    @Test
    void threadsShareOne() throws Exception {
        KnownKeys known = new KnownKeys(4);
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                int seed = thread;
                answers.add(threads.submit(() -> asksForAny(known, seed)));
            }
        }
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
    }

    @Test
    void roomHasALimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new KnownKeys(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new KnownKeys((1 << 22) + 1));
    }

    private static boolean asksForAny(KnownKeys known, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] small = HostileSignature.SMALL.get(random.nextInt(7));
            if (!known.isOfPrimeOrder(VALID.get(random.nextInt(VALID.size())))
                    || (i % 16 == 0 && known.isOfPrimeOrder(small))) {
                return false;
            }
        }
        return true;
    }

    private static List<byte[]> valid() {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) i;
            keys.add(Ed25519.keyOf(seed));
        }
        return keys;
    }
}
