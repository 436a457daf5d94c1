package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import org.junit.jupiter.params.provider.MethodSource;

/// What another settler shows, with inputs that Jazzer finds.
final class LeafValuesFuzz {
    static Stream<byte[]> examples() {
        return Stream.of(LeafValuesTest.leaf(3, 1, 2).toBytes());
    }

    @MethodSource("examples")
    @FuzzTest
    void whateverIsShownIsALeafOrRefused(byte[] bytes) {
        try {
            LeafValues leaf = LeafValues.decode(ByteString.of(bytes));
            assertThat(LeafValues.compare(leaf, leaf)).isEmpty();
        } catch (CborException refused) {
            assertThat(refused).hasMessageContaining("byte");
        }
    }
}
