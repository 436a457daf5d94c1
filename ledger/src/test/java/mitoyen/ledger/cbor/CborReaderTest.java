package mitoyen.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-1 to LE-9: one encoding for each value, and every other refused.
final class CborReaderTest {
    private static final int DEPTH = 4;

    @ParameterizedTest
    @CsvSource({
        "1800,           0, the shortest form",
        "1817,           0, the shortest form",
        "1900ff,         0, the shortest form",
        "1a0000ffff,     0, the shortest form",
        "1b00000000ffffffff, 0, the shortest form",
        "3817,           0, the shortest form",
        "580100,         0, the shortest form",
        "980100,         0, the shortest form",
        "b801616100,     0, the shortest form",
        "7801 61,        0, the shortest form",
        "9fff,           0, indefinite length",
        "bfff,           0, indefinite length",
        "5f4100ff,       0, indefinite length",
        "7f6161ff,       0, indefinite length",
        "1c,             0, reserved form",
        "1bffffffffffffffff, 0, more than 63 bits",
        "3b8000000000000000, 0, more than 63 bits",
        "a2616101616102, 4, twice or out of order",
        "a2616201616102, 4, twice or out of order",
        "a262616101616202, 5, twice or out of order",
        "a10001,         1, a text was expected",
        "0000,           1, 1 bytes too many",
        "f93c00,         0, true or false was expected",
        "fb3ff0000000000000, 0, true or false was expected",
        "f6,             0, true or false was expected",
        "f7,             0, true or false was expected",
        "f8ff,           0, true or false was expected",
        "ff,             0, true or false was expected",
        "c060,           0, a whole number was expected",
        "61ff,           0, not UTF-8",
        "63eda080,       0, not UTF-8",
        "62c0af,         0, not UTF-8",
        "818181818100,   4, nested deeper than 4",
        "5a7fffffff,     0, more than 1048576",
        "5a000fffff,     0, ends within a byte string",
        "9a000fffff,     0, ends within an array",
        "ba000fffff,     0, more than 5",
        "7a000fffff,     0, ends within a text",
        "420000,         0, taken",
        "8261,           0, ends within an array",
        "826100,         3, the input ends",
        "19ff,           2, the input ends",
        "'',             0, the input ends"
    })
    void whatIsNotTheOneEncodingIsRefusedWhereItIs(String hex, int offset, String reason)
            throws CborException {
        byte[] input = HexFormat.of().parseHex(hex.replace(" ", ""));
        if (reason.equals("taken")) {
            assertThat(AnyItem.copy(input, DEPTH)).isEqualTo(input);
            return;
        }
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> AnyItem.copy(input, DEPTH))
                .withMessageContaining(reason)
                .satisfies(refused -> assertThat(refused.offset()).isEqualTo(offset));
    }

    @Test
    void fieldsAreReadInOrderAndNoneIsUnknownOrMissing() throws CborException {
        byte[] input = new CborWriter().map(2).key("a").integer(1).key("bb").text("x").toBytes();
        CborReader reader = new CborReader(input, 1);
        reader.beginMap();
        assertThat(reader.key("a").unsigned(1)).isEqualTo(1);
        assertThat(reader.optionalKey("b")).isFalse();
        assertThat(reader.optionalKey("bb")).isTrue();
        assertThat(reader.text(1)).isEqualTo("x");
        assertThat(reader.optionalKey("c")).isFalse();
        reader.endMap();
        reader.end();

        assertRefused(input, map -> map.key("b"), "the key b was expected");
        assertRefused(input, CborReader::endMap, "an unknown field");
        assertRefused(new CborWriter().map(0).toBytes(), map -> map.key("a"), "a field is missing");
    }

    @Test
    void valuesKeepTheirLimits() {
        assertRefusedIn(
                new CborWriter().integer(11), reader -> reader.unsigned(10), "from 0 to 10");
        assertRefusedIn(
                new CborWriter().integer(-1), reader -> reader.unsigned(10), "from 0 to 10");
        assertRefusedIn(new CborWriter().text("abc"), reader -> reader.text(2), "more than 2");
        ByteString two = ByteString.parseHex("0102");
        assertRefusedIn(new CborWriter().bytes(two), reader -> reader.bytes(1), "more than 1");
        assertRefusedIn(new CborWriter().bytes(two), reader -> reader.fixedBytes(3), "not 3");
        assertRefusedIn(
                new CborWriter().array(2).integer(1).integer(2),
                reader -> reader.beginArray(1),
                "more than 1");
        assertRefusedIn(
                new CborWriter().array(2).integer(1).integer(2),
                reader -> {
                    reader.beginArray(2);
                    reader.integer();
                    reader.endArray();
                },
                "a further item");
        assertRefusedIn(
                new CborWriter().array(1).integer(1),
                reader -> {
                    reader.beginArray(2);
                    reader.integer();
                    reader.integer();
                },
                "an item is missing");
    }

    @Test
    void mistakesOfTheCallerAreFound() throws CborException {
        CborReader reader =
                new CborReader(new CborWriter().map(1).key("a").integer(1).toBytes(), 1);
        reader.beginMap();
        assertThatIllegalStateException().isThrownBy(reader::integer);
        assertThatIllegalStateException().isThrownBy(reader::end);
        reader.key("a");
        assertThatIllegalStateException().isThrownBy(reader::nextKey);
    }

    @Test
    void aDeclaredLengthReservesNoMemory() {
        byte[] bomb = HexFormat.of().parseHex("9a7fffffff00");
        CborReader reader = new CborReader(bomb, 1);
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> reader.beginArray(Integer.MAX_VALUE))
                .withMessageContaining("ends within an array");
    }

    private static void assertRefused(byte[] map, Use use, String reason) {
        CborReader reader = new CborReader(map, 1);
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> {
                    reader.beginMap();
                    use.on(reader);
                })
                .withMessageContaining(reason);
    }

    private static void assertRefusedIn(CborWriter item, Use use, String reason) {
        CborReader reader = new CborReader(item.toBytes(), 1);
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> use.on(reader))
                .withMessageContaining(reason);
    }

    private interface Use {
        void on(CborReader reader) throws CborException;
    }
}
