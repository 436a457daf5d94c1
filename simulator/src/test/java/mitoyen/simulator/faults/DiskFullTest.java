package mitoyen.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up while a ledger grows: what was acknowledged stays, and the ledger goes on
/// when there is room again.
class DiskFullTest {
    private static final LedgerRun LEDGER = new LedgerRun(6);

    @TempDir private Path temporary;

    @Test
    void aFullDiskLeavesALedgerThatGoesOn() throws IOException {
        Path uninterrupted = temporary.resolve("uninterrupted");
        LEDGER.run(FaultyDisk.sound(), uninterrupted, 2, new ArrayList<>());
        long failures = 0;
        boolean full = true;
        for (int bytes = 0; full; bytes += 37) {
            Path folder = temporary.resolve("full-" + bytes);
            List<Block> acknowledged = new ArrayList<>();
            full = isFull(FaultyDisk.fullAfter(bytes), folder, acknowledged);
            failures += full ? 1 : 0;
            long kept = LedgerRun.recoveredHeight(folder, temporary.resolve("copy-" + bytes));
            assertThat(kept).isGreaterThanOrEqualTo(acknowledged.size());
            LEDGER.run(FaultyDisk.sound(), folder, 2, new ArrayList<>());
            assertThat(LedgerRun.files(folder))
                    .as("full after %d bytes", bytes)
                    .isEqualTo(LedgerRun.files(uninterrupted));
        }
        assertThat(failures).isGreaterThan(20);
    }

    @Test
    void aReplacementOnAFullDiskLeavesTheOldFileAndNothingBeside() throws IOException {
        Path file = temporary.resolve("summary.json");
        Files.writeString(file, "old");
        FaultyDisk disk = FaultyDisk.fullAfter(2);
        assertThatThrownBy(() -> disk.replace(file, out -> out.write(new byte[] {1, 2, 3})))
                .hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(temporary).isDirectoryNotContaining("glob:**.new");
    }

    private static boolean isFull(FaultyDisk disk, Path folder, List<Block> acknowledged)
            throws IOException {
        try {
            LEDGER.run(disk, folder, 2, acknowledged);
            return false;
        } catch (IOException full) {
            assertThat(full).hasMessage("No space left on device");
            return true;
        }
    }
}
