package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.node.settlers.LeafValues.Difference;
import org.junit.jupiter.api.Test;

class LeafValuesTest {
    @Test
    void theSameLeavesDoNotDiffer() throws CborException {
        LeafValues leaf = LeafValues.decode(leaf(3, 1, 2));
        assertThat(LeafValues.compare(leaf, leaf)).isEmpty();
    }

    @Test
    void eachValueThatDiffersIsNamedAlsoWhereOneHasMore() throws CborException {
        LeafValues here = LeafValues.decode(leaf(3, 1, 2));
        LeafValues there = LeafValues.decode(leaf(3, 4));
        assertThat(LeafValues.compare(here, there))
                .containsExactly(
                        new Difference(0, "consumption", 1, OptionalLong.of(1), OptionalLong.of(4)),
                        new Difference(
                                0, "consumption", 2, OptionalLong.of(2), OptionalLong.empty()));
        LeafValues none = new LeafValues(List.of());
        assertThat(LeafValues.compare(none, there))
                .hasSize(2)
                .allMatch(each -> each.here().isEmpty() && each.there().isPresent());
    }

    @Test
    void whatIsNoLeafIsRefused() {
        byte[] leaf = leaf(3).toBytes();
        for (int length = 0; length < leaf.length; length++) {
            ByteString cut = ByteString.of(leaf, 0, length);
            assertThatThrownBy(() -> LeafValues.decode(cut)).isInstanceOf(CborException.class);
        }
    }

    static ByteString leaf(long... consumption) {
        CborWriter writer = new CborWriter().map(5);
        writer.key("day").text("2025-06-24");
        writer.key("kind").text("readings");
        writer.key("meters").array(1).map(1).key("consumption").array(consumption.length);
        for (long each : consumption) {
            writer.integer(each);
        }
        writer.key("community").text("rue");
        writer.key("pseudonym").bytes(ByteString.of(new byte[20]));
        return ByteString.of(writer.toBytes());
    }
}
