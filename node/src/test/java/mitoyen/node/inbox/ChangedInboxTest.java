package mitoyen.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
    /// How often a file grows that somebody copies: for a minute.
    private static final int GROWN = 600;

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

    /// Its note is written when it was looked at for the last time, and is not moved yet.
    @Test
    void whatIsReplacedJustBeforeItIsPutAwayIsSettledNext() throws Exception {
        AtomicBoolean replaced = new AtomicBoolean();
        Disk disk =
                new ForwardingDisk(new RealDisk()) {
                    @Override
                    public Replacement replacementPrivate(Path file) throws IOException {
                        if (file.toString().endsWith(" a.csv.txt")
                                && replaced.compareAndSet(false, true)) {
                            dropped.drop("a.csv", InboxFolder.readings("2025-06-02", "1.5"));
                        }
                        return super.replacementPrivate(file);
                    }
                };
        dropped.drop("community.yaml", InboxFolder.COMMUNITY);
        dropped.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
        Treatment own = new OwnSettlement(folder.resolve("street"), disk, LedgerPort.ownedBy(disk));
        try (Inbox _ = watch(disk, own)) {
            InboxFolder.await(() -> dropped.settled().size() == 4);
        }
        assertThat(dropped.settled().get(2)).endsWith("Z a.csv");
        assertThat(inbox.resolve("settled").resolve(dropped.settled().get(2)))
                .hasContent(InboxFolder.readings("2025-06-02", "1.5"));
        assertThat(Files.readString(inbox.resolve("settled").resolve(dropped.settled().get(3))))
                .contains("1 jour a été réglé.");
        assertThat(inbox).isDirectoryNotContaining("glob:**.csv");
    }

    @Test
    void otherRightsAreAChange() throws Exception {
        assumeThat(inbox.getFileSystem().supportedFileAttributeViews())
                .as("a file system that tells when rights changed")
                .contains("unix");
        dropped.drop("a.csv", InboxFolder.HEAD);
        Path file = inbox.resolve("a.csv");
        Arrivals before = Arrivals.in(inbox);
        InboxFolder.await(() -> {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            return !Arrivals.in(inbox).equals(before);
        });
        assertThat(before.isStill(file)).isFalse();
        Path moved = Files.move(file, folder.resolve("b.csv"));
        assertThat(before.isStill(file, moved)).isTrue();
    }

    @Test
    void aFolderWithTheNameOfANoteIsPassedOver() throws Exception {
        dropped.drop("a.csv", InboxFolder.HEAD);
        Path empty = Files.createDirectory(inbox.resolve("a.csv.txt"));
        Path full = Files.createDirectory(inbox.resolve("b.csv.txt"));
        Files.writeString(full.resolve("mine"), "kept");
        NoCommunity treatment = new NoCommunity();
        try (Inbox _ = watch(new RealDisk(), treatment)) {
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            dropped.drop("c.csv", InboxFolder.HEAD);
            InboxFolder.await(() -> Files.exists(inbox.resolve("c.csv.txt")));
        }
        assertThat(empty).isDirectory();
        assertThat(full.resolve("mine")).hasContent("kept");
    }

    /// As it comes from a folder whose listing fails on the way.
    @Test
    void aFailureWithoutAPlaceOfItsOwnEndsNoInbox() throws Exception {
        NoCommunity treatment =
                new NoCommunity() {
                    @Override
                    public Optional<Community> findCommunity() {
                        super.findCommunity();
                        throw new UncheckedIOException(new IOException("the disk is gone"));
                    }
                };
        dropped.drop("a.csv", InboxFolder.HEAD);
        try (Inbox watched = watch(new RealDisk(), treatment)) {
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            dropped.drop("b.csv", InboxFolder.HEAD);
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            assertThat(watched.worker().hasFailed()).isFalse();
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
            assertThat(treatment.asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// Nothing is settled here; each look at files asks once.
    private static class NoCommunity implements Treatment {
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
