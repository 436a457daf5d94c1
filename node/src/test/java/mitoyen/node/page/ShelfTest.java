package mitoyen.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.settlement.FolderLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
    @TempDir private Path folder = Path.of("");
    @TempDir private Path files = Path.of("");

    @Test
    void whatAnotherRunSettlesIsSeenWithoutBeingTold() throws Exception {
        try (Shelf shelf = new Shelf(folder, new RealDisk())) {
            assertThat(shelf.records().street().days()).isEmpty();
            SampleFolder.settle(folder, files, 3);
            assertThat(shelf.records().street().days()).hasSize(3);
            SampleFolder.settle(folder, files, 5);
            assertThat(shelf.records().street().days()).hasSize(5);
        }
    }

    @Test
    void aFolderThatHasNotChangedIsNotReadAgain() throws Exception {
        SampleFolder.settle(folder, files);
        try (Shelf shelf = new Shelf(folder, new RealDisk())) {
            Records before = shelf.records();
            shelf.refresh();
            assertThat(shelf.records()).isSameAs(before);
        }
    }

    @Test
    void whileARunHasTheFolderTheOldRecordsStay() throws Exception {
        SampleFolder.settle(folder, files);
        try (Shelf shelf = new Shelf(folder, new RealDisk())) {
            Records before = shelf.records();
            try (FolderLock _ = FolderLock.share(folder)) {
                change(folder.resolve("summary.json"));
                assertThat(shelf.records()).isSameAs(before);
            }
            assertThat(shelf.records()).isNotSameAs(before);
        }
    }

    @Test
    void whereTheLedgerDoesNotHoldAnyMoreTheOldRecordsStay() throws Exception {
        SampleFolder.settle(folder, files);
        try (Shelf shelf = new Shelf(folder, new RealDisk())) {
            Records before = shelf.records();
            Path segment = segments().getFirst();
            byte[] whole = Files.readAllBytes(segment);
            byte[] altered = whole.clone();
            altered[whole.length / 2] ^= 1;
            Files.write(segment, altered, StandardOpenOption.TRUNCATE_EXISTING);
            change(segment);
            assertThat(shelf.records()).isSameAs(before);
            assertThat(shelf.records().street().days()).hasSize(SampleFolder.DAYS);

            Files.write(segment, whole, StandardOpenOption.TRUNCATE_EXISTING);
            assertThat(shelf.records()).isNotSameAs(before);
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> ledger = Files.list(folder.resolve("ledger"))) {
            return ledger.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
        }
    }

    /// A file's time, one second later: a clock may be coarser than a test.
    private static void change(Path file) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusSeconds(1)));
    }
}
