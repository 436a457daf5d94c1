package mitoyen.simulator.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same keys and the same readings give the same ledger, to the byte (issue 3, "Again and
/// again").
class DeterminismTest {
    private static final List<String> DAYS = Street.LANE_READINGS.rows("2025-10-30..2025-11-02");

    @TempDir private Path temporary;
    private Street street;

    @BeforeEach
    void settle() throws Exception {
        street = Street.at(temporary.resolve("first"), Street.LANE);
        street.settle(DAYS);
    }

    @Test
    void the_same_keys_and_readings_give_the_same_bytes() throws Exception {
        Street again = withSameKeys();
        again.settle(DAYS);
        assertThat(documents(again)).isEqualTo(documents(street));
    }

    @Test
    void other_keys_give_another_ledger_and_the_same_bills() throws Exception {
        Street other = Street.at(temporary.resolve("other"), Street.LANE);
        Path file = other.file(DAYS);
        assertThat(
                        Street.mitoyen(
                                        "settle",
                                        "--community",
                                        other.community(),
                                        "--readings",
                                        file,
                                        "--out",
                                        other.out())
                                .status())
                .isZero();
        assertThat(other.ledger().anchor().root()).isNotEqualTo(street.ledger().anchor().root());
        assertThat(other.out().resolve("sales.csv"))
                .hasSameBinaryContentAs(street.out().resolve("sales.csv"));
    }

    @Test
    void rows_come_in_any_order_over_any_number_of_files() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            List<String> shuffled = new ArrayList<>(DAYS);
            Collections.shuffle(shuffled, new Random(seed));
            int cut = shuffled.size() / 3;
            Street again = withSameKeys();
            again.run(
                    FaultyDisk.sound(),
                    false,
                    again.file(shuffled.subList(cut, 2 * cut)),
                    compress(again.file(shuffled.subList(0, cut))),
                    again.file(shuffled.subList(2 * cut, shuffled.size())));
            assertThat(documents(again)).as("seed %d", seed).isEqualTo(documents(street));
        }
    }

    /// Digits of Egypt, the calendar and digits of Thailand, the dotless i of Turkey.
    @ParameterizedTest
    @CsvSource({
        "Asia/Tokyo, ar-EG-u-nu-arab",
        "Pacific/Chatham, th-TH-u-ca-buddhist-nu-thai",
        "America/Havana, tr-TR"
    })
    void neither_the_zone_nor_the_language_of_the_machine_matters(String zone, String language)
            throws Exception {
        Locale locale = Locale.getDefault();
        TimeZone machineZone = TimeZone.getDefault();
        Street again = withSameKeys();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            again.run(FaultyDisk.sound(), false, again.file(DAYS));
            assertThat(again.verify()).startsWith("OK blocks=7 transactions=7 root=");
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(machineZone);
        }
        assertThat(documents(again)).isEqualTo(documents(street));
    }

    private Street withSameKeys() throws IOException {
        Path home = Files.createTempDirectory(temporary, "again");
        Street again = Street.at(home, Street.LANE);
        Files.createDirectories(again.out());
        Street.copy(street.out().resolve("keys"), again.out().resolve("keys"));
        return again;
    }

    private static Path compress(Path file) throws IOException {
        Path compressed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(Files.readString(file).getBytes(UTF_8));
        }
        return compressed;
    }

    private static SortedMap<String, Content> documents(Street street) throws IOException {
        return new TreeMap<>(Street.files(street.out()));
    }
}
