package mitoyen.node.settlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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

    @Test
    void whatACrashLeftHalfWrittenInTheVaultIsTakenBack() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            leaveHalfWritten(Archive.vault(round.folder(1)));
            assertThatThrownBy(this::keptDays)
                    .hasMessageEndingWith(
                            ": a run was stopped while it wrote here; run the same settle again, or"
                                    + " start the node again whose folder it is");
            try (SettlersDesk desk = round.desk(1)) {
                assertThat(desk.communityId()).isEqualTo(round.community().terms().community());
            }
            assertThat(keptDays()).isZero();
        }
    }

    /// A vault that another program keeps, with a log of what it wrote, would be changed by being
    /// opened: a writer takes the log up.
    @Test
    void aVaultOfAnotherFormIsRefusedAsItIs() throws Exception {
        try (SettlersRound round = new SettlersRound(folder)) {
            Path vault = Archive.vault(round.folder(1)).resolve("vault.sqlite");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + vault);
                    Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
            }
            byte[] before = Files.readAllBytes(vault);
            assertThatThrownBy(() -> round.desk(1))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            vault
                                    + ": kept otherwise than this program does; restore it from a"
                                    + " backup");
            assertThat(vault).hasBinaryContent(before);
        }
    }

    /// Puts in place what lies there while more is written than SQLite holds in memory.
    private void leaveHalfWritten(Path vault) throws Exception {
        List<String> names = List.of("vault.sqlite", "vault.sqlite-journal");
        Path killed = Files.createDirectory(folder.resolve("killed"));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + vault.resolve(names.get(0)));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma cache_size = 2");
            connection.setAutoCommit(false);
            statement.executeUpdate(
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)"
                            + " insert into leaves select 'd' || i, 0, randomblob(20000) from n");
            for (String name : names) {
                Files.copy(vault.resolve(name), killed.resolve(name));
            }
            connection.rollback();
        }
        for (String name : names) {
            Files.copy(
                    killed.resolve(name), vault.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private int keptDays() throws IOException {
        Path vault = Archive.vault(folder.resolve("settler1"));
        try (Vault found = Vault.find(vault, new RealDisk()).orElseThrow()) {
            return found.listDays().size();
        }
    }
}
