package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import org.junit.jupiter.api.Test;

/// Whatever bytes a file holds, reading it ends in what it says or in mistakes that a user can
/// read: hundreds of broken copies of right files are tried.
final class InputFuzzTest {
    static final String READINGS =
            """
            start,meter,consumption_kwh,production_kwh
            2025-10-25T00:00+02:00,A1,0.25,0
            2025-10-25T00:00+02:00,"B1",,1.5
            2025-10-24T23:00:00Z,A1,12.000001,0
            2025-10-25T01:00+02:00,C1,,
            """;
    private static final Messages FRENCH = Messages.in(Language.FR);
    static final String COMMUNITY =
            """
            version: 1
            community: confluence
            zone: Europe/Paris
            step: PT30M
            currency: EUR
            billing: month
            key: {type: static, coefficients: {A1: "0.30", B1: 0.2}}
            prices:
              - {from: 2025-01-01, local: "0.14", supplier: 0.18, feed-in: '0.04', community-fee: 0}
            network-operator: enedis
            members:
              - {id: alice, name: Alice, meters: [A1], vat: "0"}
              - id: town
                name: >-
                  Ville
                meters: [{id: B1, from: 2025-02-01}, {id: C1, to: 2025-06-30}]
            """;
    private static final byte[] PIECES =
            ",\"\n\r;:-+.0Z9\0\u007F{}[]&*!|>%@`#?".getBytes(StandardCharsets.UTF_8);

    static void readingsAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("mitoyen-fuzz", ".csv");
        try {
            Files.write(file, bytes);
            Community community = Communities.of("Europe/Paris", 60, "pro-rata");
            ImportOptions loose = new ImportOptions(250, true, true);
            try (ReadingsImport readings =
                    ReadingsImport.read(community, List.of(file), loose, Progress.NONE)) {
                readings.check(community.terms()::rosterOn);
                assertThat(readings.days()).isNotEmpty();
            } catch (InputMistakes refused) {
                assertReadable(refused);
            }
        } finally {
            Files.delete(file);
        }
    }

    static void communitiesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("mitoyen-fuzz", ".yaml");
        try {
            Files.write(file, bytes);
            try {
                assertThat(CommunityFile.read(file).terms().members()).isNotEmpty();
            } catch (InputMistakes refused) {
                assertReadable(refused);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void brokenCopiesOfRightFilesAreReadOrRefused() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            try {
                readingsAreReadOrRefused(broken(READINGS, random));
                communitiesAreReadOrRefused(broken(COMMUNITY, random));
            } catch (IOException | RuntimeException | Error fault) {
                throw new AssertionError("seed " + seed + ", round " + round, fault);
            }
        }
    }

    private static void assertReadable(InputMistakes refused) {
        assertThat(refused.lines()).isNotEmpty().hasSizeLessThanOrEqualTo(21);
        assertThat(refused.lines()).allMatch(line -> line.matches("/[^:]+(:\\d+)?: .+"));
        assertThat(refused.mistakes()).allMatch(mistake -> !mistake.remedyOnPage(FRENCH).isBlank());
    }

    private static byte[] broken(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            int from = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(12), bytes.length - Math.max(at, from));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = PIECES[random.nextInt(PIECES.length)];
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> System.arraycopy(bytes, from, bytes, at, length);
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> bytes[at] = bytes[from];
            }
        }
        return bytes;
    }
}
