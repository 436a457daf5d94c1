package mitoyen.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// LE-1: what decodes encodes to the same bytes, whatever the bytes.
final class CborFuzzTest {
    private static final int DEPTH = 4;

    static final byte[] VALID =
            new CborWriter()
                    .map(3)
                    .key("a")
                    .array(3)
                    .integer(1)
                    .integer(-70_000)
                    .text("né")
                    .key("b")
                    .bytes(ByteString.parseHex("0102030405"))
                    .key("aa")
                    .map(1)
                    .key("c")
                    .bool(true)
                    .toBytes();

    @Test
    void whatIsChangedAtRandomIsItsOwnEncodingOrRefused() {
        long seed = 20251001;
        Random random = new Random(seed);
        int taken = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] input = Arrays.copyOf(VALID, VALID.length - random.nextInt(2));
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt(256);
            }
            taken += isItselfOrRefused(input) ? 1 : 0;
        }
        assertThat(taken).as("seed %d", seed).isBetween(500, 15_000);
    }

    static boolean isItselfOrRefused(byte[] input) {
        try {
            if (!Arrays.equals(AnyItem.copy(input, DEPTH), input)) {
                throw new AssertionError("another encoding of the same: " + ByteString.of(input));
            }
            return true;
        } catch (CborException refused) {
            return false;
        }
    }
}
