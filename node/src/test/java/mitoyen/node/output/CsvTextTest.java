package mitoyen.node.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows built as bytes, against the decimals of the platform.
final class CsvTextTest {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                999,
                1_000,
                999_999,
                1_000_000,
                9_999_999,
                10_000_000,
                123_456_789_012L,
                Long.MAX_VALUE
            })
    void aQuantityHasSixDecimals(long millionths) {
        byte[] into = new byte[CsvQuantity.LONGEST];
        int end = CsvQuantity.write(into, 0, millionths);
        assertThat(new String(into, 0, end, StandardCharsets.US_ASCII))
                .isEqualTo(plain(millionths));
    }

    @Test
    void anyLineIsWhatItsPartsAre() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        CsvMemory memory = new CsvMemory();
        for (int round = 0; round < 300; round++) {
            CsvText text = memory.text(random.nextInt(200));
            StringBuilder expected = new StringBuilder();
            for (int line = random.nextInt(40); line > 0; line--) {
                String word = ALPHABET.substring(0, random.nextInt(ALPHABET.length()));
                long millionths = random.nextLong() >>> (1 + random.nextInt(63));
                CsvWord written = new CsvWord(word);
                byte[] into = text.room(written.room() + CsvQuantity.LONGEST);
                int at = written.write(into, text.length());
                text.end(CsvQuantity.write(into, at, millionths));
                expected.append(word).append(plain(millionths));
            }
            assertThat(text(text)).as("seed %d", seed).isEqualTo(expected.toString());
            memory.recycle(text);
        }
    }

    private static String plain(long millionths) {
        return "," + BigDecimal.valueOf(millionths, 6).toPlainString();
    }

    private static String text(CsvText text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.writeTo(out);
        return out.toString(StandardCharsets.US_ASCII);
    }
}
