package mitoyen.node.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mitoyen.node.page.ImportTray.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTrayTest {
    @Test
    void filesAreKeptUnderNamesOfOurOwnUntilTheyAreThrownAway() throws IOException {
        Path kept;
        try (ImportTray tray = new ImportTray(100)) {
            assertThat(tray.add("../../etc/evil.csv", bytes("a"))).isEmpty();
            assertThat(tray.add("community.yml", bytes("b"))).isEmpty();
            kept = tray.readings().getFirst();
            assertThat(kept.getFileName()).hasToString("file1.csv");
            assertThat(tray.findName(kept.toString())).contains("../../etc/evil.csv");
            assertThat(tray.names()).containsExactly("../../etc/evil.csv", "community.yml");
            assertThat(tray.community())
                    .hasValueSatisfying(file -> assertThat(file).hasContent("b"));
            tray.clear();
            assertThat(tray.readings()).isEmpty();
            assertThat(tray.names()).isEmpty();
            assertThat(kept).doesNotExist();
        }
        assertThat(kept.getParent()).doesNotExist();
    }

    @Test
    void aFileOfTheSameNameReplacesTheFirst() throws IOException {
        try (ImportTray tray = new ImportTray(100)) {
            tray.add("a.csv", bytes("old"));
            tray.add("a.csv", bytes("new"));
            assertThat(tray.readings())
                    .singleElement()
                    .satisfies(f -> assertThat(f).hasContent("new"));
        }
    }

    @Test
    void nothingStaysOfAFileThatDoesNotComeWholeAndTheOneItWasToReplaceDoes() throws IOException {
        try (ImportTray tray = new ImportTray(10)) {
            tray.add("a.csv", bytes("old"));
            Path kept = tray.readings().getFirst();
            InputStream gone = InputStream.nullInputStream();
            gone.close();
            InputStream cut = new SequenceInputStream(bytes("new"), gone);

            assertThatThrownBy(() -> tray.add("a.csv", cut)).isInstanceOf(IOException.class);
            assertThat(tray.add("a.csv", bytes("larger than 10"))).contains(Refusal.SIZE);

            assertThat(tray.readings()).containsExactly(kept);
            assertThat(kept).hasContent("old");
            try (Stream<Path> all = Files.list(kept.getParent())) {
                assertThat(all).containsExactly(kept);
            }
            assertThat(tray.add("a.csv", bytes("as long: 0"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.exe", "a.csv.exe", "csv"})
    void onlyReadingsAndCommunitiesAreTaken(String name) throws IOException {
        try (ImportTray tray = new ImportTray(100)) {
            assertThat(tray.add(name, bytes("x"))).contains(Refusal.NAME);
        }
    }

    @Test
    void allFilesTogetherHaveALimit() throws IOException {
        try (ImportTray tray = new ImportTray(10)) {
            assertThat(tray.add("a.csv", bytes("123456"))).isEmpty();
            assertThat(tray.add("b.csv", bytes("12345"))).contains(Refusal.SIZE);
            assertThat(tray.add("c.csv", bytes("1234"))).isEmpty();
            assertThat(tray.readings()).hasSize(2);
        }
    }

    @Test
    void anExcerptShowsTheWantedLinesWhateverIsInThem(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.csv");
        Files.writeString(file, "one\r\ntw\u0000o\n" + "x".repeat(500) + "\nlast");
        assertThat(Excerpts.read(file, new TreeSet<>(List.of(0, 1, 2, 3, 4, 5))))
                .containsEntry(1, "one")
                .containsEntry(2, "tw\uFFFDo")
                .containsEntry(3, "x".repeat(160) + "…")
                .containsEntry(4, "last")
                .hasSize(4);
    }

    @Test
    void anExcerptReadsCompressedFiles(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.csv.gz");
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("a\nb\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, compressed.toByteArray());
        assertThat(Excerpts.read(file, new TreeSet<>(List.of(2)))).containsEntry(2, "b");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
