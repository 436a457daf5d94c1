package mitoyen.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.ForwardingDisk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.settlement.SettlementRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that change while they are looked at or settled, and notes that cannot be written.
class ChangedInboxTest {
    /// How often a file grows that somebody copies.
    private static final int GROWN = 100;

    @TempDir private Path folder;
    private Path inbox = Path.of("");
    private InboxFolder dropped = new InboxFolder(Path.of(""));

    @BeforeEach
    void make() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        dropped = new InboxFolder(inbox);
    }

    private Inbox watch(Disk disk, Treatment treatment) throws IOException {
        return Inbox.watch(inbox, folder.resolve("street"), disk, treatment, InboxOptions.STANDARD);
    }

    @Test
    void itStopsAlsoWhileAFileGrows() throws Exception {
        Path growing = Files.writeString(inbox.resolve("a.csv"), InboxFolder.HEAD);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread copier = Thread.ofPlatform().start(() -> grow(growing, stopped));
        watch(new RealDisk(), new NoCommunity()).close();
        assertThat(copier.isAlive()).isTrue();
        stopped.countDown();
        copier.join();
    }

    private static void grow(Path growing, CountDownLatch stopped) {
        try {
            for (int i = 0; i < GROWN && !stopped.await(100, TimeUnit.MILLISECONDS); i++) {
                Files.writeString(growing, "more", StandardOpenOption.APPEND);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatChangesWhileItIsSettledIsSettledNext() throws Exception {
        RealDisk disk = new RealDisk();
        dropped.drop("community.yaml", InboxFolder.COMMUNITY);
        dropped.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
        dropped.drop("b.csv", InboxFolder.readings("2025-06-02", "1.5"));
        Treatment own = new OwnSettlement(folder.resolve("street"), disk, LedgerPort.ownedBy(disk));
        AtomicBoolean changed = new AtomicBoolean();
        Treatment treatment =
                new Treatment() {
                    @Override
                    public Optional<Community> findCommunity() throws Refused, IOException {
                        return own.findCommunity();
                    }

                    @Override
                    public Outcome take(Community community, SettlementRequest request)
                            throws InputMistakes, Refused, IOException {
                        Outcome outcome = own.take(community, request);
                        if (changed.compareAndSet(false, true)) {
                            String first = InboxFolder.readings("2025-06-01", "1.5");
                            dropped.drop("a.csv", first + InboxFolder.rows("2025-06-03", "1.5"));
                            Files.delete(inbox.resolve("b.csv"));
                        }
                        return outcome;
                    }
                };
        try (Inbox _ = watch(disk, treatment)) {
            InboxFolder.await(() -> dropped.settled().size() == 4);
        }
        assertThat(dropped.settled().get(0)).endsWith(" community.yaml");
        assertThat(dropped.settled().get(2)).endsWith(" a.csv");
        assertThat(Files.readString(inbox.resolve("settled").resolve(dropped.settled().get(3))))
                .contains("1 jour a été réglé.")
                .contains("1 jour était déjà réglé.");
    }

    @Test
    void whatIsGivenOtherRightsIsTriedAgain() throws Exception {
        NoCommunity treatment = new NoCommunity();
        dropped.drop("a.csv", InboxFolder.HEAD);
        try (Inbox _ = watch(new RealDisk(), treatment)) {
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            InboxFolder.await(() -> Files.exists(inbox.resolve("a.csv.txt")));
            Files.setPosixFilePermissions(
                    inbox.resolve("a.csv"), PosixFilePermissions.fromString("r--------"));
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatFailsWakesItselfNoMore() throws Exception {
        NoCommunity treatment = new NoCommunity();
        Disk full =
                new ForwardingDisk(new RealDisk()) {
                    @Override
                    public Replacement replacementPrivate(Path file) throws IOException {
                        super.replacementPrivate(file).close();
                        throw new IOException("no space left");
                    }
                };
        dropped.drop("a.csv", InboxFolder.HEAD);
        try (Inbox _ = watch(full, treatment)) {
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            assertThat(treatment.asked.tryAcquire(4, TimeUnit.SECONDS)).isFalse();
            dropped.drop("b.csv", InboxFolder.HEAD);
            assertThat(treatment.asked.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Nothing is settled here; each look at files asks once.
    private static final class NoCommunity implements Treatment {
        private final Semaphore asked = new Semaphore(0);

        @Override
        public Optional<Community> findCommunity() {
            asked.release();
            return Optional.empty();
        }

        @Override
        public Outcome take(Community community, SettlementRequest request) {
            throw new AssertionError("no community was found");
        }
    }
}
