package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import mitoyen.ledger.cbor.ByteString;
import org.junit.jupiter.api.Test;

/// LE-15: a place that is remembered is the place.
final class RecentPlacesTest {
    /// More keys than are remembered, some asked for again at once, others once they were pushed
    /// out; of every length, also beyond what is remembered.
    @Test
    void itIsThePlaceWhateverWasAskedForBefore() {
        Random random = new Random(3);
        for (int i = 0; i < 60_000; i++) {
            ByteString key = key(random.nextInt(i % 2 == 0 ? 50 : 30_000));
            assertThat(RecentPlaces.of(key)).isEqualTo(MapPlace.hashed(key));
        }
    }

    private static ByteString key(int number) {
        byte[] key = new byte[4 + number % 90];
        key[0] = (byte) number;
        key[1] = (byte) (number >> 8);
        key[2] = (byte) (number >> 16);
        return ByteString.of(key);
    }
}
