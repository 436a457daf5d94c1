package mitoyen.consensus.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Block;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.ReplayException;
import mitoyen.consensus.SumApplication;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.disk.WatchedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEngineTest {
    private static final byte[] GENESIS = {1, 2, 3};

    @TempDir private Path folder;
    private final List<Block> committed = new ArrayList<>();

    @Test
    void blocksFollowEachOtherAndAreExecutedAgainAtTheNextOpening() throws IOException { // JO-12
        SumApplication first = new SumApplication(0);
        List<Block> blocks;
        try (EmbeddedEngine engine = open(first)) {
            assertThat(engine.height()).isZero();
            assertThat(engine.findLastBlock()).isEmpty();
            blocks = engine.submit(List.of(proposal(10, 7), proposal(20, 1, 2), proposal(30)));
            assertThat(blocks).extracting(Block::height).containsExactly(1L, 2L, 3L);
            assertThat(blocks.get(1).previousHash()).isEqualTo(blocks.getFirst().hash());
            assertThat(blocks.get(1).appHash()).isEqualTo(new SumApplication(10).appHash());
            assertThat(engine.findLastBlock()).contains(blocks.getLast());
            assertThat(committed).isEqualTo(blocks);
        }
        committed.clear();
        SumApplication second = new SumApplication(0);
        try (EmbeddedEngine engine = open(second)) {
            assertThat(engine.height()).isEqualTo(3);
            assertThat(engine.findLastBlock()).contains(blocks.getLast());
            assertThat(committed).isEqualTo(blocks);
            assertThat(second.appHash()).isEqualTo(first.appHash());
            engine.submit(List.of(proposal(31, 5)));
        }
        assertThat(second.appHash()).isEqualTo(new SumApplication(15).appHash());
    }

    @Test
    void aTimeThatDoesNotRiseIsRefusedAndNothingHappens() throws IOException { // JO-3
        try (EmbeddedEngine engine = open(new SumApplication(0))) {
            engine.submit(List.of(proposal(10, 1)));
            for (List<Proposal> refused :
                    List.of(
                            List.of(proposal(10, 2)),
                            List.of(proposal(9, 2)),
                            List.of(proposal(11, 2), proposal(11, 2)))) {
                assertThatThrownBy(() -> engine.submit(refused))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("does not follow");
                assertThat(engine.height()).isEqualTo(1);
            }
            assertThat(engine.submit(List.of(proposal(11, 2)))).hasSize(1);
            assertThat(engine.submit(List.of())).isEmpty();
        }
    }

    @Test
    void anApplicationThatComesToAnotherHashIsRefusedByHeightAndHashes() // JO-12
            throws IOException {
        try (EmbeddedEngine engine = open(new SumApplication(0))) {
            engine.submit(List.of(proposal(10, 1), proposal(20, 2)));
        }
        assertThatThrownBy(() -> open(new SumApplication(1)))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("block 1")
                .hasMessageContaining(new SumApplication(1).appHash().toString())
                .hasMessageContaining(new SumApplication(2).appHash().toString());
        try (EmbeddedEngine engine = open(new SumApplication(0))) {
            assertThat(engine.height()).isEqualTo(2);
        }
    }

    @Test
    void anApplicationThatThrowsClosesTheEngineAndLeavesWhatWasThere() throws IOException {
        EmbeddedEngine engine = open(new SumApplication(0));
        engine.submit(List.of(proposal(10, 1)));
        assertThatThrownBy(() -> engine.submit(List.of(proposal(20, -1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot bear");
        assertThatThrownBy(() -> engine.submit(List.of(proposal(20, 1))))
                .hasMessage("the ledger is closed");
        try (EmbeddedEngine next = open(new SumApplication(0))) {
            assertThat(next.height()).isEqualTo(1);
        }
    }

    @Test
    void blocksWrittenTogetherGiveTheSameFilesAsOneByOne(@TempDir Path other) // JO-9
            throws IOException {
        List<Proposal> proposals =
                List.of(proposal(1, 1), proposal(2, 2, 2), proposal(3), proposal(4, 4));
        try (EmbeddedEngine engine = open(new SumApplication(0))) {
            engine.submit(proposals);
        }
        try (EmbeddedEngine engine = open(other, new SumApplication(0))) {
            for (Proposal proposal : proposals) {
                engine.submit(List.of(proposal));
            }
        }
        String name = "blocks-00000001.journal";
        assertThat(folder).isDirectoryContaining("glob:**" + name);
        assertThat(Files.readAllBytes(folder.resolve(name)))
                .isEqualTo(Files.readAllBytes(other.resolve(name)));
    }

    @Test
    void aBlockIsDurableAndToldBeforeTheNextIsExecuted() throws IOException { // JO-10
        SumApplication application = new SumApplication(0);
        List<Integer> toldAtSync = new ArrayList<>();
        Disk disk = new WatchedDisk(() -> toldAtSync.add(committed.size()));
        try (EmbeddedEngine engine =
                EmbeddedEngine.open(disk, folder, GENESIS, application, committed::add)) {
            engine.submit(List.of(proposal(1, 1), proposal(2, 2), proposal(3, 3)));
        }
        assertThat(toldAtSync).containsExactly(0, 1, 2);
    }

    @Test
    void whereTheDiskFailsInACallTheBlocksBeforeAreKept() throws IOException {
        Disk disk =
                new WatchedDisk(() -> {
                    if (committed.size() == 2) {
                        throw new IOException("the disk fails");
                    }
                });
        EmbeddedEngine failing =
                EmbeddedEngine.open(disk, folder, GENESIS, new SumApplication(0), committed::add);
        List<Proposal> proposals =
                List.of(proposal(1, 1), proposal(2, 2), proposal(3, 3), proposal(4, 4));
        assertThatThrownBy(() -> failing.submit(proposals)).hasMessage("the disk fails");
        assertThatThrownBy(() -> failing.submit(List.of())).hasMessageContaining("closed");
        committed.clear();
        try (EmbeddedEngine next = open(new SumApplication(0))) {
            // The third was written, and only its sync failed.
            assertThat(next.height()).isEqualTo(3);
            assertThat(committed).hasSize(3);
        }
    }

    private EmbeddedEngine open(SumApplication application) throws IOException {
        return open(folder, application);
    }

    private EmbeddedEngine open(Path place, SumApplication application) throws IOException {
        return EmbeddedEngine.open(new RealDisk(), place, GENESIS, application, committed::add);
    }

    private static Proposal proposal(long timeMillis, int... values) {
        List<byte[]> bundles = new ArrayList<>();
        for (int value : values) {
            bundles.add(new byte[] {(byte) value});
        }
        return new Proposal(timeMillis, bundles);
    }
}
