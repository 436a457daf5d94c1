package mitoyen.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DigestListTest {
    private static final int MANY = 200_000;

    @Test
    void everyDigestIsWhereItWasPutHoweverManyFollow() {
        DigestList list = new DigestList();
        assertThatThrownBy(() -> list.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
        for (int i = 0; i < MANY; i++) {
            list.add(digest(i));
            assertThat(list.size()).isEqualTo(i + 1);
            assertThat(list.get(i)).isEqualTo(digest(i));
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(list.get(i)).isEqualTo(digest(i));
        }
        assertThatThrownBy(() -> list.get(MANY)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Digest digest(int number) {
        return Digest.of(ByteBuffer.allocate(Digest.LENGTH).putInt(28, number).array());
    }
}
