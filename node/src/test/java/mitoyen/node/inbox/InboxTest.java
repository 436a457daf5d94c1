package mitoyen.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.verify.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is dropped is settled without a hand, or what is wrong lies beside it.
class InboxTest {
    @TempDir private Path folder;
    private Path inbox = Path.of("");
    private InboxFolder dropped = new InboxFolder(Path.of(""));
    private Path street = Path.of("");
    private Optional<Inbox> watched = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        RealDisk disk = new RealDisk();
        inbox = folder.resolve("inbox");
        dropped = new InboxFolder(inbox);
        street = folder.resolve("street");
        watched =
                Optional.of(
                        Inbox.watch(
                                inbox,
                                street,
                                disk,
                                LedgerPort.ownedBy(disk),
                                InboxOptions.STANDARD));
    }

    @AfterEach
    void stop() throws IOException {
        watched.orElseThrow().close();
    }

    @Test
    void whatIsDroppedIsSettledAndTheNextMonthWithoutItsCommunity() throws Exception {
        dropped.drop("community.yaml", InboxFolder.COMMUNITY);
        dropped.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
        InboxFolder.await(() -> dropped.settled().size() == 4);
        assertThat(dropped.settled().getFirst()).endsWith("a.csv");
        assertThat(Files.readString(inbox.resolve("settled").resolve(dropped.settled().get(1))))
                .contains("1 jour a été réglé.");
        dropped.drop("b.csv", InboxFolder.readings("2025-06-02", "1.5"));
        InboxFolder.await(() -> dropped.settled().size() == 6);
        var result = Verification.run(street, Optional.empty(), new RealDisk(), Progress.NONE);
        assertThat(result.recomputed()).isTrue();
        assertThat(result.toString()).startsWith("OK blocks=4 ");
    }

    @Test
    void whatIsWrongLiesBesideTheFileUntilItIsMended() throws Exception {
        dropped.drop("community.yaml", InboxFolder.COMMUNITY);
        dropped.drop("a.csv", InboxFolder.readings("2025-06-01", "a lot"));
        InboxFolder.await(() -> Files.exists(inbox.resolve("a.csv.txt")));
        assertThat(Files.readString(inbox.resolve("a.csv.txt"))).startsWith("ligne 2\u00a0: ");
        InboxFolder.await(() -> Files.exists(inbox.resolve("community.yaml.txt")));
        assertThat(Files.readString(inbox.resolve("community.yaml.txt")))
                .startsWith("Rien à redire ici.");
        assertThat(street).doesNotExist();
        dropped.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
        InboxFolder.await(() -> dropped.settled().size() == 4);
        assertThat(inbox.resolve("a.csv.txt")).doesNotExist();
        assertThat(inbox.resolve("a.csv")).doesNotExist();
    }

    @Test
    void aRevisedDayIsRefusedAndForeignFilesAreLeftAlone() throws Exception {
        Files.writeString(inbox.resolve("letter.txt"), "keep me");
        dropped.drop("community.yaml", InboxFolder.COMMUNITY);
        dropped.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
        InboxFolder.await(() -> dropped.settled().size() == 4);
        dropped.drop("revised.csv", InboxFolder.readings("2025-06-01", "1.25"));
        InboxFolder.await(() -> Files.exists(inbox.resolve("revised.csv.txt")));
        assertThat(Files.readString(inbox.resolve("revised.csv.txt"))).contains("--correct");
        assertThat(inbox.resolve("letter.txt")).hasContent("keep me");
    }
}
