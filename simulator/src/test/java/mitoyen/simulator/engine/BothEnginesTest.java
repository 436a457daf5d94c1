package mitoyen.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Receipt;
import mitoyen.simulator.faults.Crash;
import mitoyen.simulator.faults.FaultyDisk;
import mitoyen.simulator.files.Folders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same rules run behind both engines: the same blocks give the same receipts, roots and files,
/// wherever either is stopped, killed or given what it must refuse.
class BothEnginesTest {
    private static final long SEGMENT_BYTES = 3_000;
    private static final int EVERY = 4;
    private static final int FEW = 16;
    private static final int MANY = 150;
    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir private Path temporary;
    private final StreetBlocks street = new StreetBlocks(5);

    @ParameterizedTest
    @EnumSource
    void theSameBlocksGiveTheReceiptsAndRootsOfTheRulesAlone(EngineKind kind) throws IOException {
        List<Hash> roots = new ArrayList<>();
        SharedStreet alone = street.begin();
        for (EngineBlock block : street.first(MANY)) {
            if (block.leavesATrace()) {
                long height = alone.committed() + 1L;
                List<byte[]> bundles = new ArrayList<>();
                bundles.add(alone.notice(block.height(), block.misconduct()));
                block.bundles().forEach(bundle -> bundles.add(bundle.toBytes()));
                roots.add(alone.finalizeBlock(height, block.timeMillis(), bundles).appHash());
                alone.commit();
            }
        }
        Ended ended = run(kind, FaultyDisk.sound(), home(kind), EVERY, MANY);
        assertThat(ended.street.receipts()).isEqualTo(alone.receipts());
        SortedMap<String, Long> first = street.begin().validators();
        assertThat(ended.street.validators())
                .isEqualTo(alone.validators())
                .doesNotContainKey(first.firstKey())
                .hasSizeGreaterThanOrEqualTo(first.size());
        assertThat(ended.blocks).extracting(Block::appHash).isEqualTo(roots);
        assertThat(alone.receipts())
                .hasAtLeastOneElementOfType(Receipt.Accepted.class)
                .hasAtLeastOneElementOfType(Receipt.Rejected.class)
                .hasAtLeastOneElementOfType(Receipt.Exists.class)
                .hasAtLeastOneElementOfType(Receipt.Fired.class)
                .hasAtLeastOneElementOfType(Receipt.Noticed.class);
    }

    @Test
    void theSameBlocksGiveTheSameFiles() throws IOException {
        for (EngineKind kind : EngineKind.values()) {
            run(kind, FaultyDisk.sound(), home(kind), EVERY, MANY);
        }
        assertThat(files(home(EngineKind.COMETBFT))).isEqualTo(files(home(EngineKind.EMBEDDED)));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsStoppedAfterEachBlockEndsWithTheSameFiles(EngineKind kind) throws IOException {
        SortedMap<String, String> uninterrupted = uninterrupted();
        for (int count = 0; count <= FEW; count++) {
            run(kind, FaultyDisk.sound(), home(kind), EVERY, count);
        }
        assertThat(files(home(kind))).isEqualTo(uninterrupted);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsExecutedAgainComesToTheSame(EngineKind kind) throws IOException { // JO-12
        Ended ended = run(kind, FaultyDisk.sound(), home(kind), NEVER, FEW);
        Ended again = run(kind, FaultyDisk.sound(), home(kind), NEVER, FEW);
        assertThat(again.street.receipts()).isEqualTo(ended.street.receipts()).isNotEmpty();
        assertThat(again.street.appHash()).isEqualTo(ended.street.appHash());
        assertThat(again.blocks).isEqualTo(ended.blocks);
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotStandsForTheBlocksThatWerePruned(EngineKind kind) throws IOException {
        // JO-20, JO-21
        Ended ended = run(kind, FaultyDisk.sound(), home(kind), EVERY, FEW);
        assertThat(ended.firstHeight).isGreaterThan(1);
        Ended again = run(kind, FaultyDisk.sound(), home(kind), EVERY, FEW);
        assertThat(again.street.committed()).isLessThan(EVERY);
        assertThat(again.street.appHash()).isEqualTo(ended.street.appHash());
        assertThat(again.firstHeight).isEqualTo(ended.firstHeight);
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBecomeABlockIsRefusedAndLeavesNoTrace(EngineKind kind) throws IOException {
        // JO-3, JO-4
        SortedMap<String, String> uninterrupted = uninterrupted();
        List<ByteString> crowd = Collections.nCopies(Block.MAX_BUNDLES, ByteString.of(new byte[0]));
        run(kind, FaultyDisk.sound(), home(kind), EVERY, 6);
        SharedStreet refusing = street.begin();
        try (LedgerStore store = open(FaultyDisk.sound(), home(kind), refusing, _ -> {})) {
            EngineKind.Running running = kind.start(store, refusing);
            Block last = store.findLastBlock().orElseThrow();
            EngineBlock next = street.first(7).getLast();
            assertThatThrownBy(() -> running.order(next.at(last.timeMillis())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not follow");
            assertThatThrownBy(() -> running.order(next.with(crowd)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.findLastBlock()).contains(last);
            assertThat(refusing.appHash()).isEqualTo(last.appHash());
            running.order(next);
            assertThat(store.height()).isEqualTo(last.height() + 1);
        }
        run(kind, FaultyDisk.sound(), home(kind), EVERY, FEW);
        assertThat(files(home(kind))).isEqualTo(uninterrupted);
    }

    @ParameterizedTest
    @EnumSource
    void aCrashAtAnyStepLosesNothingAndLeavesNoTrace(EngineKind kind) throws IOException {
        // JO-9, JO-10, JO-21, CE-4, CE-5
        SortedMap<String, String> uninterrupted = uninterrupted();
        boolean crashed = true;
        int step = 0;
        while (crashed) {
            step++;
            Path home = temporary.resolve("step-" + step);
            List<Block> acknowledged = new ArrayList<>();
            crashed = crashes(kind, FaultyDisk.crashingAt(step, 1), home, acknowledged);
            requireThere(home, acknowledged);
            run(kind, FaultyDisk.sound(), home, EVERY, FEW);
            assertThat(files(home)).as("step %d", step).isEqualTo(uninterrupted);
        }
        assertThat(step).isGreaterThan(50);
    }

    /// What CometBFT decided and did not commit, it decides again: after a lost connection or a
    /// restart, with the same outcome. Of the engine of one process there is no such moment.
    @Test
    void whatWasExecutedAndNotCommittedIsExecutedAgain() throws IOException { // CE-4, CE-5
        SortedMap<String, String> uninterrupted = uninterrupted();
        Path home = home(EngineKind.COMETBFT);
        for (EngineBlock block : street.first(FEW)) {
            com.google.protobuf.ByteString anchor;
            long height;
            SharedStreet first = street.begin();
            try (LedgerStore store = open(FaultyDisk.sound(), home, first, _ -> {})) {
                var comet = (EngineKind.Comet) EngineKind.COMETBFT.start(store, first);
                height = store.height();
                Hash root = first.appHash();
                anchor = comet.decide(block);
                comet.engine().connected();
                assertThat(comet.decide(block)).isEqualTo(anchor);
                assertThat(store.height()).isEqualTo(height);
                assertThat(first.appHash()).isEqualTo(root);
            }
            SharedStreet second = street.begin();
            try (LedgerStore store = open(FaultyDisk.sound(), home, second, _ -> {})) {
                var comet = (EngineKind.Comet) EngineKind.COMETBFT.start(store, second);
                assertThat(store.height()).isEqualTo(height);
                assertThat(comet.decide(block)).isEqualTo(anchor);
                comet.commit();
                keepUp(store, EVERY);
            }
        }
        assertThat(files(home)).isEqualTo(uninterrupted);
    }

    /// The files that the engine of one process leaves where nothing happens to it.
    private SortedMap<String, String> uninterrupted() throws IOException {
        Path home = temporary.resolve("uninterrupted");
        run(EngineKind.EMBEDDED, FaultyDisk.sound(), home, EVERY, FEW);
        return files(home);
    }

    private boolean crashes(EngineKind kind, Disk disk, Path home, List<Block> acknowledged)
            throws IOException {
        try {
            run(kind, disk, home, EVERY, FEW, acknowledged);
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    /// Looks on a copy, so that the files stay as the crash left them.
    private void requireThere(Path home, List<Block> acknowledged) throws IOException {
        if (Files.exists(home)) {
            Path copy = temporary.resolve("copy-of-" + home.getFileName());
            Folders.copy(home, copy);
            try (LedgerStore store = open(FaultyDisk.sound(), copy, street.begin(), _ -> {})) {
                for (Block block : acknowledged) {
                    assertThat(store.findHeader(block.height())).contains(block.toHeader());
                }
            }
        }
    }

    private Ended run(EngineKind kind, Disk disk, Path home, int every, int count)
            throws IOException {
        return run(kind, disk, home, every, count, new ArrayList<>());
    }

    /// Has the engine make those of its first blocks that are missing, with a snapshot every so
    /// many and whatever may go gone.
    ///
    /// @param acknowledged is given each block of the ledger once it is durable
    private Ended run(
            EngineKind kind, Disk disk, Path home, int every, int count, List<Block> acknowledged)
            throws IOException {
        SharedStreet application = street.begin();
        List<Block> told = new ArrayList<>();
        try (LedgerStore store = open(disk, home, application, told::add)) {
            EngineKind.Running running = kind.start(store, application);
            keepUp(store, every);
            long reached = running.engineHeight();
            for (EngineBlock block : street.first(count)) {
                if (block.height() > reached) {
                    running.order(block);
                    if (block.leavesATrace()) {
                        acknowledged.add(told.getLast());
                        keepUp(store, every);
                    }
                }
            }
            return new Ended(application, told, store.firstHeight());
        }
    }

    private static void keepUp(LedgerStore store, int every) throws IOException {
        if (store.height() > 0 && store.height() % every == 0) {
            store.snapshot();
            store.prune(store.height() - 2, () -> true);
        }
    }

    private LedgerStore open(Disk disk, Path home, SharedStreet application, Consumer<Block> told)
            throws IOException {
        return LedgerStore.open(
                disk,
                home.resolve("ledger"),
                home.resolve("snapshots"),
                street.genesis().toBytes(),
                application,
                told,
                SEGMENT_BYTES);
    }

    private Path home(EngineKind kind) {
        return temporary.resolve(kind.name());
    }

    /// The files of ledger and snapshots by name, their bytes in hexadecimal.
    private static SortedMap<String, String> files(Path home) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (String folder : List.of("ledger", "snapshots")) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(home.resolve(folder))) {
                for (Path path : paths) {
                    files.put(
                            folder + "/" + path.getFileName(),
                            HexFormat.of().formatHex(Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }

    /// What came of a run.
    ///
    /// @param blocks those that were executed, old and new
    /// @param firstHeight of the first block that is left
    private record Ended(SharedStreet street, List<Block> blocks, long firstHeight) {}
}
