package mitoyen.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-2 and LE-3, with the vectors of RFC 8949, appendix A.
final class CborWriterTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "100, 1864",
        "255, 18ff",
        "256, 190100",
        "1000, 1903e8",
        "65535, 19ffff",
        "65536, 1a00010000",
        "1000000, 1a000f4240",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "1000000000000, 1b000000e8d4a51000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-10, 29",
        "-24, 37",
        "-25, 3818",
        "-100, 3863",
        "-1000, 3903e7",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void wholeNumbersTakeTheirShortestForm(long value, String hex) throws CborException {
        byte[] bytes = new CborWriter().integer(value).toBytes();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        CborReader reader = new CborReader(bytes, 0);
        assertThat(reader.integer()).isEqualTo(value);
        reader.end();
    }

    @Test
    void aTakenItemStaysAsItIsWhileTheNextIsWritten() {
        CborWriter writer = new CborWriter();
        ByteString first = writer.map(1).key("a").integer(1_000_000).take();
        ByteString second = writer.array(2).text("b").integer(-1).take();
        assertThat(first).hasToString("a161611a000f4240");
        assertThat(second).hasToString("82616220");
        assertThatIllegalStateException().isThrownBy(writer::take);
        writer.array(1);
        assertThatIllegalStateException().isThrownBy(writer::take);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 60",
        "a, 6161",
        "IETF, 6449455446",
        "ü, 62c3bc",
        "水, 63e6b0b4",
        "\uD800\uDD51, 64f0908591"
    })
    void textsAreUtf8(String text, String hex) throws CborException {
        byte[] bytes = new CborWriter().text(text).toBytes();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(new CborReader(bytes, 0).text(10)).isEqualTo(text);
    }

    @Test
    void containersNest() {
        byte[] bytes =
                new CborWriter()
                        .map(3)
                        .key("a")
                        .array(3)
                        .integer(1)
                        .array(0)
                        .bytes(ByteString.parseHex("01020304"))
                        .key("b")
                        .map(1)
                        .key("c")
                        .bool(true)
                        .key("aa")
                        .bool(false)
                        .toBytes();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("a3" + "6161" + "83018044" + "01020304" + "6162a16163f5" + "626161f4");
    }

    @Test
    void keysComeInTheBytewiseOrderOfTheirEncodings() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new CborWriter().map(2).key("aa").integer(1).key("b"))
                .withMessageContaining("order");
        assertThatIllegalStateException()
                .isThrownBy(() -> new CborWriter().map(2).key("a").integer(1).key("a"))
                .withMessageContaining("order");
    }

    @Test
    void mistakesOfTheCallerAreFound() {
        assertThatIllegalStateException().isThrownBy(() -> new CborWriter().toBytes());
        assertThatIllegalStateException().isThrownBy(() -> new CborWriter().array(1).toBytes());
        assertThatIllegalStateException().isThrownBy(() -> new CborWriter().integer(1).integer(2));
        assertThatIllegalStateException().isThrownBy(() -> new CborWriter().map(1).integer(1));
        assertThatIllegalStateException().isThrownBy(() -> new CborWriter().array(1).key("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new CborWriter().map(1).key("a").key("b"));
        assertThatIllegalStateException().isThrownBy(() -> new CborWriter().array(-1));
    }

    /// Every width of either sign, at once and one by one.
    @Test
    void numbersAtOnceAreThoseOneByOne() {
        long[] values = new long[128];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? Long.MAX_VALUE >> (i / 2) : Long.MIN_VALUE >> (i / 2);
        }
        for (int step = 1; step <= 5; step++) {
            for (int from : new int[] {0, 1, 4, 127, 128}) {
                int items = (128 - from + step - 1) / step;
                CborWriter oneByOne = new CborWriter().array(items);
                for (int at = from; at < values.length; at += step) {
                    oneByOne.integer(values[at]);
                }
                assertThat(new CborWriter().integers(values, from, step).toBytes())
                        .isEqualTo(oneByOne.toBytes());
            }
        }
    }

    @Test
    void halfOfASurrogatePairIsNoText() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CborWriter().text("\ud800"));
    }

    @Test
    void aLongArrayGrowsTheBuffer() throws CborException {
        int items = 100_000;
        CborWriter writer = new CborWriter().array(items);
        for (int i = 0; i < items; i++) {
            writer.integer(i * 50_000L);
        }
        CborReader reader = new CborReader(writer.toBytes(), 1);
        assertThat(reader.beginArray(items)).isEqualTo(items);
        for (int i = 0; i < items; i++) {
            assertThat(reader.integer()).isEqualTo(i * 50_000L);
        }
        reader.endArray();
        reader.end();
    }
}
