package mitoyen.node.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever bytes an export holds, converting it ends in readings or in mistakes: broken copies of
/// right files are tried.
final class ConvertFuzzTest {
    private static final String PIECES = ";,\"\n:-+.0Z9Te\0é";

    @ParameterizedTest
    @EnumSource
    void brokenCopiesOfRightFilesAreConvertedOrRefused(Kind kind) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder(right(kind));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                int until = Math.min(text.length(), at + random.nextInt(3));
                String piece = String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
                text.replace(at, until, random.nextBoolean() ? piece : "");
            }
            try {
                isConvertedOrRefused(kind, text.toString().getBytes(StandardCharsets.UTF_8));
            } catch (IOException | RuntimeException | Error fault) {
                throw new AssertionError("seed " + seed + ", round " + round, fault);
            }
        }
    }

    static void isConvertedOrRefused(Kind kind, byte[] bytes) throws IOException {
        Path file = Files.createTempFile("mitoyen-fuzz", ".csv");
        try {
            Files.write(file, bytes);
            Converted converted = kind.convert(List.of(file), ConvertOptions.USUAL);
            StringBuilder text = new StringBuilder();
            converted.readings().write(converted.zone(), text);
            assertThat(text.toString().lines()).hasSize(converted.readings().size() + 1);
        } catch (InputMistakes refused) {
            assertThat(refused.lines()).isNotEmpty().hasSizeLessThanOrEqualTo(21);
        } finally {
            Files.delete(file);
        }
    }

    static String right(Kind kind) {
        return switch (kind) {
            case ENEDIS ->
                    """
                    Identifiant PRM;Type de donnees;Grandeur physique;Grandeur metier;Unite;Pas
                    30000000000001;Courbe de charge;Energie active;Consommation;W;PT30M

                    Horodate;Valeur
                    2025-10-26T02:30:00+02:00;692
                    2025-10-26 02:00:00;1
                    2025-10-26 02:30:00;
                    """;
            case AT_EEG ->
                    """
                    local_time,c1_consumption_kwh,c1_covered_kwh,g1_generation_kwh,g1_surplus_kwh
                    2023-08-01T00:00,0.03,0,0,0
                    2023-10-29T02:00,0.03,0,1.5,1
                    """;
            case AUSGRID ->
                    """
                    ,GC,GG
                    2011-10-02 02:00:00,0.0,0.0
                    2012-04-01 02:00:00,0.45399999999999996,1e-7
                    """;
            case CITYLEARN -> citylearn();
        };
    }

    private static String citylearn() {
        StringBuilder header = new StringBuilder("row,hour");
        StringBuilder first = new StringBuilder("0,24");
        StringBuilder second = new StringBuilder("1,1");
        for (int home = 1; home <= 17; home++) {
            header.append(",h" + home + "_load_kwh,h" + home + "_pv_w_per_kw");
            first.append(",1.0096232e-07,0.0");
            second.append(",0.85,712.75");
        }
        return header + "\n" + first + "\n" + second + "\n";
    }
}
