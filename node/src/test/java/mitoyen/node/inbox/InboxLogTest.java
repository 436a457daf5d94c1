package mitoyen.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.logging.JsonLines;
import mitoyen.node.settlement.LedgerPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/privacy.md: the log has no member, no meter and no reading, and not the names of dropped
/// files, whatever becomes of them.
class InboxLogTest {
    private static final List<String> PLANTED =
            List.of("Zebulon", "zebulon", "METER-8822", "7.654321", "Quixote");

    private static final String COMMUNITY =
            InboxFolder.COMMUNITY.replace(
                    "{id: ana, name: Ana, meters: [A1]",
                    "{id: zebulon, name: Zebulon, meters: [METER-8822]");

    @Test
    void namesThatAreDroppedAreNotInTheLog(@TempDir Path folder) throws Exception {
        Path inbox = folder.resolve("inbox");
        InboxFolder dropped = new InboxFolder(inbox);
        RealDisk disk = new RealDisk();
        Lines lines = new Lines();
        Logger logger = Logger.getLogger("mitoyen");
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(lines);
        try (Inbox _ =
                Inbox.watch(
                        inbox,
                        folder.resolve("street"),
                        disk,
                        LedgerPort.ownedBy(disk),
                        InboxOptions.STANDARD)) {
            dropped.drop("community.yaml", COMMUNITY);
            dropped.drop("Zebulon Quixote.csv", readings("a lot"));
            Path note = inbox.resolve("Zebulon Quixote.csv.txt");
            InboxFolder.await(() -> Files.exists(note));
            dropped.drop("Zebulon Quixote.csv", readings("7.654321"));
            InboxFolder.await(() -> dropped.settled().size() == 4);
            InboxFolder.await(() -> lines.written.stream().anyMatch(line -> line.contains("took")));
        } finally {
            logger.removeHandler(lines);
            logger.setLevel(before);
        }
        for (String planted : PLANTED) {
            assertThat(lines.written).noneMatch(line -> line.contains(planted));
        }
    }

    private static String readings(String kwh) {
        return InboxFolder.readings("2025-06-01", kwh).replace(",A1,", ",METER-8822,");
    }

    /// The log as it would be written.
    private static final class Lines extends Handler {
        private final JsonLines form = new JsonLines();
        private final Queue<String> written = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            written.add(form.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
