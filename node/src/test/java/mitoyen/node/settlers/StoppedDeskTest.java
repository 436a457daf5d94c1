package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.node.settlement.SettlersDesk;
import mitoyen.node.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Readings that arrive while a node stops: it may not have followed its ledger to the end, so that
/// nothing they could be held against is known.
class StoppedDeskTest {
    @TempDir private Path folder;

    @Test
    void noReadingsAreKeptOnceItStopsAndTheSameAreLater() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            Path file = folder.resolve("readings.csv");
            Files.writeString(file, InboxFolder.readings("2025-06-24", "1.5"));
            SettlementRequest request =
                    new SettlementRequest(
                            folder.resolve("community.yaml"),
                            List.of(file),
                            round.folder(1),
                            false,
                            false,
                            false,
                            250);
            try (SettlersDesk desk = round.desk(1)) {
                desk.stop();
                assertThatThrownBy(() -> desk.keep(round.community(), request))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the node stops");
            }
            assertThat(keptDays()).isZero();
            try (SettlersDesk desk = round.desk(1)) {
                assertThat(desk.keep(round.community(), request).fresh()).isEqualTo(1);
            }
            assertThat(keptDays()).isEqualTo(1);
        }
    }

    private int keptDays() throws IOException {
        Path vault = Archive.vault(folder.resolve("settler1"));
        try (Vault found = Vault.find(vault, new RealDisk()).orElseThrow()) {
            return found.listDays().size();
        }
    }
}
