package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePartTest {
    private static final String HEADER = "start,meter\n";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLinesOfAllPartsAreThoseOfTheFileEachBehindTheHeader(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder();
        int lines = random.nextInt(50);
        for (int line = 0; line < lines; line++) {
            rows.append("x".repeat(random.nextInt(20))).append(line + 1 < lines ? "\n" : "");
        }
        Path file = folder.resolve("a.csv");
        Files.writeString(file, HEADER + rows);

        StringBuilder read = new StringBuilder();
        for (FilePart part : FilePart.split(file, 1 + random.nextInt(6), 10)) {
            String text = text(part);
            assertThat(text).startsWith(HEADER);
            read.append(text.substring(HEADER.length()));
        }

        assertThat(read).hasToString(rows.toString());
    }

    @Test
    void aShortFileIsOnePart() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, HEADER + "1\n2\n3\n");

        List<FilePart> parts = FilePart.split(file, 4, 1 << 20);

        assertThat(parts).hasSize(1);
        assertThat(text(parts.getFirst())).isEqualTo(HEADER + "1\n2\n3\n");
    }

    @Test
    void aCompressedFileIsOnePart() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((HEADER + "1\n".repeat(5_000)).getBytes(StandardCharsets.UTF_8));
        }
        Path file = folder.resolve("a.csv.gz");
        Files.write(file, bytes.toByteArray());

        assertThat(FilePart.split(file, 4, 1)).hasSize(1);
    }

    @Test
    void aFileWithoutEndsOfLinesIsOnePart() throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, HEADER + "1".repeat(20_000));

        assertThat(FilePart.split(file, 4, 1)).hasSize(1);
    }

    private static String text(FilePart part) throws IOException {
        try (InputStream in = part.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
