package mitoyen.node.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.threads.Worker;

/// Watches a folder and has what arrives in it settled, one thing at a time.
///
/// It sleeps until the file system says that something changed. A file has arrived when it has not
/// changed for a while; what was refused is tried again when any of the files changed, and what
/// failed also after a while: to fail changes something in the folder as well.
public final class Inbox implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Inbox.class.getName());

    /// How long files must have been still [ms].
    private static final long STILL_MILLIS = 1_000;

    /// After how long it looks even if it was told nothing [s]: not every file system tells.
    private static final long ANYWAY_SECONDS = 60;

    private final Path inbox;
    private final InboxDesk desk;
    private final WatchService watch;
    private final Worker worker;
    private Optional<Arrivals> tried = Optional.empty();
    private OptionalLong failedNanos = OptionalLong.empty();

    private Inbox(Path inbox, InboxDesk desk, WatchService watch) {
        this.inbox = inbox;
        this.desk = desk;
        this.watch = watch;
        this.worker = new Worker("inbox", this::run);
    }

    /// Starts to watch a folder, which is made if it is not there.
    ///
    /// @param folder where the community lives, or will
    /// @param port how its ledger is reached
    public static Inbox watch(
            Path inbox, Path folder, Disk disk, LedgerPort port, InboxOptions options)
            throws IOException {
        return watch(inbox, folder, disk, new OwnSettlement(folder, disk, port), options);
    }

    /// Starts to watch a folder, which is made if it is not there.
    ///
    /// @param folder where the community lives
    /// @param treatment what becomes of what arrives
    public static Inbox watch(
            Path inbox, Path folder, Disk disk, Treatment treatment, InboxOptions options)
            throws IOException {
        disk.createDirectories(inbox);
        WatchService watch = inbox.getFileSystem().newWatchService();
        try {
            inbox.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            Inbox started =
                    new Inbox(inbox, new InboxDesk(inbox, folder, disk, treatment, options), watch);
            started.worker.start();
            return started;
        } catch (IOException | RuntimeException | Error failure) {
            watch.close();
            throw failure;
        }
    }

    /// Makes sure that a folder can be watched, or made, before anything is.
    ///
    /// @throws IOException if a file is in its place or above it, or it may not be written to
    public static void require(Path inbox) throws IOException {
        Path there = inbox.toAbsolutePath();
        while (Files.notExists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new FileAlreadyExistsException(there.toString());
        }
        if (!Files.isWritable(there)) {
            throw new AccessDeniedException(there.toString());
        }
    }

    /// Finishes what is under way and stops.
    @Override
    public void close() throws IOException {
        watch.close();
        worker.join();
    }

    /// Who watches it.
    public Worker worker() {
        return worker;
    }

    private void run() throws InterruptedException {
        try {
            while (true) {
                look();
                WatchKey key = watch.poll(ANYWAY_SECONDS, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.log(Level.FINE, "the inbox is watched no more");
        }
    }

    /// Has what arrived settled, if it is still: of what is not, the file system tells. A failure
    /// to read or write, also one that comes while a folder is listed, is no mistake of the files:
    /// it is logged, by its class alone, since its message may hold a name, and tried again.
    private void look() throws InterruptedException {
        try {
            Arrivals now = Arrivals.in(inbox);
            if (now.files().isEmpty() || (tried.equals(Optional.of(now)) && !isToTryAgain())) {
                return;
            }
            Thread.sleep(STILL_MILLIS);
            if (!Arrivals.in(inbox).equals(now)) {
                return;
            }
            // Not of what lies there by then: more may arrive meanwhile.
            tried = Optional.of(now);
            desk.take(now);
            failedNanos = OptionalLong.empty();
        } catch (IOException | UncheckedIOException failure) {
            failedNanos = OptionalLong.of(System.nanoTime());
            LOG.log(Level.WARNING, "the inbox could not be settled: {0}", failure.getClass());
        }
    }

    private boolean isToTryAgain() {
        return failedNanos.isPresent()
                && System.nanoTime() - failedNanos.getAsLong()
                        >= TimeUnit.SECONDS.toNanos(ANYWAY_SECONDS);
    }
}
