package mitoyen.consensus.cometbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mitoyen.consensus.abci.wire.RequestApplySnapshotChunk;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk.Result;
import mitoyen.consensus.abci.wire.ResponseOfferSnapshot;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.joining.JoinFolder;
import mitoyen.consensus.joining.OfferedSnapshots;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a node begins from a snapshot of others (`CE-13` to `CE-16`): ABCI's four calls, against
/// honest nodes and those that make something up.
class JoiningTest extends JoiningFixture {
    @Test
    void whatIsOfferedIsAsTheSpecificationSays() throws IOException { // CE-13
        make(5);
        store.snapshot();
        make(3);
        Snapshot listed = list().getFirst();
        byte[] file = Files.readAllBytes(new SnapshotFolder(snapshots("old")).file(5));
        List<byte[]> chunks = JoinBytes.chunks(JoinBytes.content(blocks.subList(0, 5), file));
        assertThat(listed)
                .isEqualTo(
                        Snapshot.newBuilder()
                                .setHeight(9)
                                .setFormat(1)
                                .setChunks(chunks.size())
                                .setHash(ByteString.copyFrom(JoinBytes.hash(chunks.getFirst())))
                                .build());
        for (int index = 0; index < chunks.size(); index++) {
            assertThat(load(listed, index)).isEqualTo(ByteString.copyFrom(chunks.get(index)));
        }
        assertThat(load(listed, chunks.size()).isEmpty()).isTrue();
        assertThat(load(listed, -1).isEmpty()).isTrue();
        assertThat(load(listed.toBuilder().setHeight(8).build(), 0).isEmpty()).isTrue();
        assertThat(load(listed.toBuilder().setFormat(2).build(), 0).isEmpty()).isTrue();
    }

    @Test
    void oneIsOfferedOnceTheEngineIsTwoBlocksFurtherAndWhileItsBlockIsThere() // CE-14
            throws IOException {
        decide(1, true);
        store.snapshot();
        assertThat(list()).isEmpty();
        decide(2, false);
        assertThat(list()).isEmpty();
        decide(3, false);
        Snapshot first = list().getFirst();
        assertThat(first.getHeight()).isEqualTo(1);
        make(8);
        store.snapshot();
        make(8);
        store.snapshot();
        make(4);
        assertThat(list()).extracting(Snapshot::getHeight).containsExactly(17L, 33L);
        assertThat(load(first, 1).isEmpty()).as("somebody may still fetch it").isFalse();
        store.prune(17, () -> true);
        assertThat(store.firstHeight()).isGreaterThan(9);
        assertThat(new OfferedSnapshots(store, notice -> notice[1]).list(engine.engineHeight() + 1))
                .as("of the older one the block is gone")
                .extracting(Snapshot::getHeight)
                .containsExactly(33L);
    }

    @Test
    void aNewcomerHasTheLedgerAndGoesOnAndGivesItToTheNext() throws IOException {
        // CE-15, CE-16, JO-40
        makeLarge(6);
        store.snapshot();
        make(4);
        Snapshot offered = list().getFirst();
        assertThat(offered.getChunks()).isGreaterThan(4);
        Newcomer newcomer = newcomer("new", disk);
        assertThat(newcomer.offer(offered, anchorAt(6)))
                .isEqualTo(ResponseOfferSnapshot.Result.ACCEPT);
        for (int index = 0; index < offered.getChunks(); index++) {
            assertThat(newcomer.isThere()).isFalse();
            assertThat(newcomer.apply(index, load(offered, index)).getResult())
                    .isEqualTo(Result.ACCEPT);
        }
        assertThat(newcomer.handler().joined().join()).isEqualTo(6);
        try (LedgerStore joined = newcomer.openAndContinue(SEGMENT_BYTES)) {
            var info = newcomer.ordered().info(RequestInfo.getDefaultInstance());
            assertThat(info.getLastBlockHeight()).isEqualTo(offered.getHeight());
            assertThat(info.getLastBlockAppHash()).isEqualTo(anchorAt(6));
            assertThat(newcomer.folder().isUnfinished()).isTrue();
            for (long height = offered.getHeight() + 1; height <= engine.engineHeight(); height++) {
                newcomer.ordered().finalizeBlock(block(height, true, 3));
                assertThat(newcomer.folder().isUnfinished()).isFalse();
                newcomer.ordered().commit(RequestCommit.getDefaultInstance());
            }
            assertThat(joined.firstHeight()).isEqualTo(6);
            assertThat(joined.findHeader(1)).isEqualTo(store.findHeader(1));
            assertThat(joined.readHeaders(1, 8)).isEqualTo(joinedHeaders(joined, 1, 8));
            assertThat(newcomer.list()).containsExactly(offered);
            assertThat(newcomer.load(offered, 2)).isEqualTo(load(offered, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPT, 1, 2, 32, 0, 40, 5",
        "REJECT_FORMAT, 2, 2, 32, 0, 40, 5",
        "REJECT, 1, 2, 32, 0, 39, 5",
        "REJECT, 1, 2, 32, 0, 40, 0",
        "REJECT, 1, 2, 32, 0, 40, -1",
        "REJECT, 1, 16386, 32, 0, 40, 5",
        "REJECT, 1, -1, 32, 0, 40, 5",
        "ACCEPT, 1, 16385, 32, 0, 40, 5",
        "REJECT_SENDER, 1, 0, 32, 0, 40, 5",
        "REJECT_SENDER, 1, 1, 32, 0, 40, 5",
        "REJECT_SENDER, 1, 2, 31, 0, 40, 5",
        "REJECT_SENDER, 1, 2, 32, 1, 40, 5",
        "REJECT_SENDER, 1, 2, 32, 0, 40, 7281",
        "ACCEPT, 1, 2, 32, 0, 40, 7280"
    })
    void anOfferIsJudgedBeforeAnythingIsFetched(
            ResponseOfferSnapshot.Result expected,
            int format,
            int chunks,
            int hashBytes,
            int metadataBytes,
            int anchorBytes,
            long height)
            throws IOException { // CE-15
        Snapshot offered =
                Snapshot.newBuilder()
                        .setHeight(9)
                        .setFormat(format)
                        .setChunks(chunks)
                        .setHash(ByteString.copyFrom(new byte[hashBytes]))
                        .setMetadata(ByteString.copyFrom(new byte[metadataBytes]))
                        .build();
        byte[] anchor = ByteBuffer.allocate(40).putLong(height).array();
        assertThat(
                        newcomer("new", disk)
                                .offer(
                                        offered,
                                        ByteString.copyFrom(Arrays.copyOf(anchor, anchorBytes))))
                .isEqualTo(expected);
    }

    @Test
    void aChunkThatIsNotTheOneIsAskedForElsewhere() throws IOException { // CE-15
        make(5);
        store.snapshot();
        make(3);
        Snapshot offered = list().getFirst();
        Newcomer newcomer = newcomer("new", disk);
        newcomer.offer(offered, anchorAt(5));
        for (int index = 0; index < offered.getChunks(); index++) {
            ByteString chunk = load(offered, index);
            for (ByteString wrong :
                    List.of(
                            ByteString.EMPTY,
                            chunk.substring(1),
                            chunk.concat(ByteString.copyFrom(new byte[1])),
                            JoinBytes.flip(chunk, chunk.size() / 2))) {
                ResponseApplySnapshotChunk answer = newcomer.apply(index, wrong);
                assertThat(answer.getResult()).isEqualTo(Result.RETRY);
                assertThat(answer.getRefetchChunksList()).containsExactly(index);
                assertThat(answer.getRejectSendersList()).containsExactly("somebody");
            }
            assertThat(newcomer.apply(index + 1, chunk).getResult())
                    .isEqualTo(Result.RETRY_SNAPSHOT);
            assertThat(newcomer.apply(index, chunk).getResult()).isEqualTo(Result.ACCEPT);
        }
        assertThat(newcomer.isThere()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, 600", "true, 659", "false, 661", "false, 86401"})
    void oneThatComesTooSlowlyIsGivenUpForAnother(boolean taken, long seconds)
            throws IOException { // CE-15
        make(5);
        store.snapshot();
        make(3);
        Snapshot offered = list().getFirst();
        Newcomer newcomer = newcomer("new", disk);
        newcomer.offer(offered, anchorAt(5));
        assertThat(newcomer.apply(0, load(offered, 0)).getResult()).isEqualTo(Result.ACCEPT);
        newcomer.pass(Duration.ofSeconds(seconds));
        ResponseApplySnapshotChunk answer = newcomer.apply(1, load(offered, 1));
        assertThat(answer.getResult()).isEqualTo(taken ? Result.ACCEPT : Result.REJECT_SNAPSHOT);
        assertThat(answer.getRejectSendersList())
                .isEqualTo(taken ? List.of() : List.of("somebody"));
        assertThat(newcomer.isThere()).isEqualTo(taken);
        if (!taken) {
            newcomer.offer(offered, anchorAt(5));
            for (int index = 0; index < offered.getChunks(); index++) {
                newcomer.apply(index, load(offered, index));
            }
            assertThat(newcomer.isThere()).isTrue();
        }
    }

    @Test
    void callsOutOfPlaceAreRefused() throws IOException {
        Newcomer newcomer = newcomer("new", disk);
        assertThat(
                        newcomer.handler()
                                .applySnapshotChunk(RequestApplySnapshotChunk.getDefaultInstance())
                                .getResult())
                .isEqualTo(Result.ABORT);
        assertThatThrownBy(
                        () -> newcomer.handler().initChain(RequestInitChain.getDefaultInstance()))
                .hasMessageContaining("statesync.enable");
        assertThatThrownBy(() -> newcomer.handler().finalizeBlock(block(1, true, 1)))
                .hasMessageContaining("statesync.enable");
        assertThat(newcomer.handler().info(RequestInfo.getDefaultInstance()).getLastBlockHeight())
                .isZero();
        assertThat(newcomer.list()).isEmpty();
    }

    @Test
    void killedAtAnyStepItBeginsAnewAndEndsWithTheSameFiles() throws IOException { // CE-16
        make(5);
        store.snapshot();
        make(3);
        Snapshot offered = list().getFirst();
        SortedMap<String, ByteString> whole = join("whole", disk, offered);
        boolean died = true;
        for (int step = 1; died; step++) {
            String name = "step" + step;
            DyingDisk dying = new DyingDisk(step);
            try {
                join(name, dying, offered);
                died = false;
            } catch (IOException expected) {
                JoinFolder folder = folder(name);
                assertThat(folder.isUnfinished() || Files.notExists(ledger(name)))
                        .as("step %d: begun anew", step)
                        .isTrue();
            }
            assertThat(join(name, disk, offered)).as("step %d", step).isEqualTo(whole);
            assertThat(folder(name).isUnfinished()).isFalse();
        }
    }

    /// A whole joining, up to the engine's next block; the files that it leaves.
    private SortedMap<String, ByteString> join(String name, Disk on, Snapshot offered)
            throws IOException {
        Newcomer newcomer = newcomer(name, on);
        newcomer.offer(offered, anchorAt(5));
        for (int index = 0; index < offered.getChunks(); index++) {
            newcomer.apply(index, load(offered, index));
        }
        newcomer.handler().continueAs(engine);
        newcomer.handler().finalizeBlock(block(engine.engineHeight() + 2, false));
        SortedMap<String, ByteString> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home.resolve(name))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        home.resolve(name).relativize(file).toString(),
                        ByteString.copyFrom(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    @Test
    void aFoldersHeadersAreReadAcrossItsFiles() throws IOException { // CE-13
        make(60);
        byte[] all = joinedHeaders(store, 1, 60);
        store.snapshot();
        make(1);
        store.snapshot();
        store.prune(30, () -> true);
        assertThat(store.firstHeight()).isBetween(2L, 30L);
        Random chance = new Random(20_261_126);
        for (int round = 0; round < 200; round++) {
            int from = 1 + chance.nextInt(60);
            int to = from + chance.nextInt(61 - from);
            assertThat(store.readHeaders(from, to))
                    .isEqualTo(Arrays.copyOfRange(all, (from - 1) * 144, to * 144));
        }
        assertThatThrownBy(() -> store.readHeaders(0, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.readHeaders(60, 62))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
