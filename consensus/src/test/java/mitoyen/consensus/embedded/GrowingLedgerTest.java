package mitoyen.consensus.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.NotesApplication;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.journal.StableFile;
import mitoyen.consensus.journal.StableJournal;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Others read a ledger while it grows and is pruned.
class GrowingLedgerTest {
    private static final byte[] GENESIS = "street".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCKS = 300;

    @TempDir private Path home;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong acknowledged = new AtomicLong();

    @Test
    void whatIsFoundOrCopiedMeanwhileIsWhole() throws Exception { // JO-21, JO-32, JO-33
        Path ledger = home.resolve("ledger");
        try (ExecutorService threads = Executors.newFixedThreadPool(5);
                EmbeddedEngine engine =
                        new EmbeddedEngine(
                                LedgerStore.open(
                                        new RealDisk(),
                                        ledger,
                                        home.resolve("snapshots"),
                                        GENESIS,
                                        new NotesApplication(),
                                        _ -> {},
                                        700))) {
            engine.submit(List.of(proposal(1), proposal(2)));
            acknowledged.set(2);
            List<Callable<Long>> jobs =
                    List.of(
                            () -> lookUp(engine, 1),
                            () -> lookUp(engine, 2),
                            () -> prune(engine),
                            () -> copy("engine", engine.store()::stableJournal),
                            () -> copy("folder", () -> StableJournal.read(ledger)));
            List<Future<Long>> running = new ArrayList<>();
            jobs.forEach(job -> running.add(threads.submit(job)));
            try {
                grow(engine);
            } finally {
                done.set(true);
            }
            for (Future<Long> job : running) {
                assertThat(job.get()).isPositive();
            }
            assertThat(engine.store().prune(BLOCKS, () -> true)).isGreaterThan(BLOCKS - 60);
        }
        try (JournalReader reader = JournalReader.open(ledger)) {
            assertThat(reader.findNext()).isPresent();
            while (reader.findNext().isPresent()) {
                assertThat(reader.height()).isPositive();
            }
            assertThat(reader.height()).isEqualTo(BLOCKS);
        }
    }

    private void grow(EmbeddedEngine engine) throws IOException {
        while (engine.height() < BLOCKS) {
            long next = engine.height() + 1;
            engine.submit(List.of(proposal(next), proposal(next + 1)));
            acknowledged.set(engine.height());
            if (engine.height() % 20 == 0) {
                engine.store().snapshot();
            }
        }
    }

    /// Prunes while blocks are written and snapshots come and go.
    private long prune(EmbeddedEngine engine) throws IOException {
        long first = 1;
        while (!done.get() || first == 1) {
            long next = engine.store().prune(acknowledged.get(), () -> true);
            assertThat(next).isGreaterThanOrEqualTo(first).isLessThan(acknowledged.get());
            first = next;
        }
        return first;
    }

    private long lookUp(EmbeddedEngine engine, long seed) throws IOException {
        Random random = new Random(seed);
        long found = 0;
        while (!done.get() || found == 0) {
            long least = acknowledged.get();
            long height = random.nextLong(1, least + 1);
            BlockHeader header = engine.store().findHeader(height).orElseThrow();
            assertThat(header.height()).isEqualTo(height);
            assertThat(header.timeMillis()).isEqualTo(height * 10);
            Optional<Block> block = engine.store().findBlock(height);
            if (block.isPresent()) {
                assertThat(block.get().toHeader()).isEqualTo(header);
                assertThat(block.get().bundles().getFirst()).isEqualTo(note(height));
                found++;
            } else {
                assertThat(height).isLessThan(engine.store().firstHeight());
            }
        }
        return found;
    }

    private long copy(String name, Callable<StableJournal> source) throws Exception {
        long copies = 0;
        while (!done.get() || copies == 0) {
            long least = acknowledged.get();
            StableJournal stable = source.call();
            assertThat(stable.height()).isGreaterThanOrEqualTo(least);
            Path copy = Files.createDirectories(home.resolve(name + "-" + copies));
            if (copy(stable, copy)) {
                try (JournalReader reader = JournalReader.open(copy)) {
                    while (reader.findNext().isPresent()) {
                        assertThat(reader.height()).isPositive();
                    }
                    assertThat(reader.height()).isEqualTo(stable.height());
                    assertThat(reader.lastHash()).isEqualTo(stable.lastHash());
                }
                copies++;
            }
        }
        return copies;
    }

    /// Whether no file was pruned meanwhile.
    private static boolean copy(StableJournal stable, Path copy) throws IOException {
        try (var old = Files.newDirectoryStream(copy)) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        for (StableFile file : stable.files()) {
            try (InputStream in = Files.newInputStream(file.file())) {
                byte[] bytes = in.readNBytes(Math.toIntExact(file.bytes()));
                assertThat(bytes).hasSize((int) file.bytes());
                Files.write(copy.resolve(file.file().getFileName()), bytes);
            } catch (NoSuchFileException pruned) {
                return false;
            }
        }
        return true;
    }

    private static Proposal proposal(long height) {
        return new Proposal(height * 10, List.of(note(height)));
    }

    private static byte[] note(long height) {
        byte[] note = new byte[(int) (height % 90)];
        new Random(height).nextBytes(note);
        return note;
    }
}
