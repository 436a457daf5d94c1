package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.Mitoyen;
import mitoyen.node.backup.Backup;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder of a node is backed up while it runs, and goes on from the backup: with a community
/// that is settled and without.
class NodeBackupTest {
    private static final String PASSPHRASE = "correct horse";

    @TempDir private Path folder;

    @Test
    void aRunningNodeIsBackedUpAndItsBackupRuns() throws Exception {
        InboxFolder inbox = new InboxFolder(folder.resolve("in"));
        long height;
        try (RunningNode node =
                start(
                        "street",
                        new Beginning.Founded(
                                "rue", Optional.of("Europe/Paris"), Optional.of("EUR")))) {
            inbox.drop("community.yaml", InboxFolder.COMMUNITY);
            inbox.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
            InboxFolder.await(() -> inbox.settled().size() == 4);
            backUp("street", "settled");
            height = node.height();
        }
        assertThat(restore("settled")).contains("blocks=" + height, "settlements=recomputed");
        try (RunningNode node = start("restored-settled", new Beginning.Existing())) {
            assertThat(node.height()).isEqualTo(height);
        }
    }

    @Test
    void aLedgerThatNobodySettlesOnNeedsNoVault() throws Exception {
        try (NodeFixture node =
                new NodeFixture(folder, People.genesis(), 10_000, InstantSource.system())) {
            assertThat(node.post(node.people.open("ana").toBytes()).body()).contains("accepted");
            backUp("node", "unsettled");
        }
        Path passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
        String of = folder.resolve("node").toString();
        StringWriter said = new StringWriter();
        Mitoyen.program()
                .setOut(new PrintWriter(said))
                .execute(
                        "backup",
                        folder.resolve("told.backup").toString(),
                        "--of",
                        of,
                        "--passphrase-file",
                        passphrase.toString());
        assertThat(said)
                .asString()
                .isEqualTo(folder + "/told.backup: holds ledger of " + of + "\n");
        Files.createDirectories(Path.of(of, "keys"));
        assertThat(Backup.parts(Path.of(of))).containsExactly("ledger", "keys");
        assertThat(restore("unsettled")).contains("blocks=1 ", "settlements=absent");
    }

    private void backUp(String of, String name) throws Exception {
        Backup.write(
                folder.resolve(of),
                folder.resolve(name + ".backup"),
                PASSPHRASE,
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }

    private String restore(String name) throws Exception {
        return Backup.restore(
                        folder.resolve(name + ".backup"),
                        folder.resolve("restored-" + name),
                        PASSPHRASE,
                        new RealDisk(),
                        Progress.NONE)
                .toString();
    }

    private RunningNode start(String name, Beginning beginning) throws Exception {
        return NodeFixture.startWithInbox(folder.resolve(name), beginning, folder.resolve("in"));
    }
}
