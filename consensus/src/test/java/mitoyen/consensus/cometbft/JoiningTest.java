package mitoyen.consensus.cometbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import mitoyen.consensus.Block;
import mitoyen.consensus.NotesApplication;
import mitoyen.consensus.abci.wire.RequestApplySnapshotChunk;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestListSnapshots;
import mitoyen.consensus.abci.wire.RequestLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk.Result;
import mitoyen.consensus.abci.wire.ResponseOfferSnapshot;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.joining.JoinFolder;
import mitoyen.consensus.joining.OfferedSnapshots;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a node begins from a snapshot of others (`CE-13` to `CE-16`): ABCI's four calls, against
/// honest nodes and those that make something up.
class JoiningTest {
    private static final byte[] GENESIS = {7};
    private static final int SEGMENT_BYTES = 400;

    @TempDir private Path home;
    private final Disk disk = new UnsyncedDisk();
    private final List<Block> blocks = new ArrayList<>();
    private LedgerStore store;
    private CometEngine engine;

    @BeforeEach
    void open() throws IOException {
        SharedNotes notes = new SharedNotes();
        store =
                LedgerStore.open(
                        disk,
                        ledger("old"),
                        snapshots("old"),
                        GENESIS,
                        notes,
                        blocks::add,
                        SEGMENT_BYTES);
        engine = new CometEngine(store, notes, (_, _) -> {});
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

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
    void oneWrongByteAnywhereIsRefusedThoughAllHashesFitAndTheNextIsTaken() // CE-15
            throws IOException {
        make(5);
        store.snapshot();
        make(3);
        byte[] file = Files.readAllBytes(new SnapshotFolder(snapshots("old")).file(5));
        byte[] content = JoinBytes.content(blocks.subList(0, 5), file);
        Newcomer newcomer = newcomer("new", disk);
        Random chance = new Random(20_261_126);
        for (int at = 0; at < content.length; at++) {
            byte[] forged = content.clone();
            forged[at] ^= (byte) (1 << chance.nextInt(8));
            assertRefused(newcomer, forged, "byte " + at + " of " + content.length);
        }
        for (int length : new int[] {1, 143, 144, 700, 720, content.length - 1}) {
            assertRefused(newcomer, Arrays.copyOf(content, length), "cut at " + length);
        }
        assertRefused(newcomer, Arrays.copyOf(content, content.length + 1), "one more");
        assertRefused(newcomer, otherState(), "another state");
        assertThat(newcomer.isThere()).isFalse();
        Snapshot offered = list().getFirst();
        newcomer.offer(offered, anchorAt(5));
        for (int index = 0; index < offered.getChunks(); index++) {
            assertThat(newcomer.apply(index, load(offered, index)).getResult())
                    .isEqualTo(Result.ACCEPT);
        }
        assertThat(newcomer.isThere()).isTrue();
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

    /// Every hash of it fits, and it has as many blocks: only the anchor tells it from the ledger.
    @Test
    void anotherHistoryOfTheSameGenesisIsRefused() throws IOException { // CE-15
        make(5);
        List<Block> others = new ArrayList<>();
        SharedNotes notes = new SharedNotes();
        try (LedgerStore other =
                LedgerStore.open(
                        disk,
                        ledger("other"),
                        snapshots("other"),
                        GENESIS,
                        notes,
                        others::add,
                        SEGMENT_BYTES)) {
            CometEngine forked = new CometEngine(other, notes, (_, _) -> {});
            for (int height = 1; height <= 9; height += 2) {
                forked.finalizeBlock(block(height, true, 4));
                forked.commit(RequestCommit.getDefaultInstance());
            }
            other.snapshot();
        }
        byte[] file = Files.readAllBytes(new SnapshotFolder(snapshots("other")).file(5));
        Newcomer newcomer = newcomer("new", disk);
        assertRefused(newcomer, JoinBytes.content(others, file), "another history");
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

    private void assertRefused(Newcomer newcomer, byte[] content, String what) throws IOException {
        List<byte[]> chunks = JoinBytes.chunks(content);
        Snapshot offered =
                Snapshot.newBuilder()
                        .setHeight(9)
                        .setFormat(1)
                        .setChunks(chunks.size())
                        .setHash(ByteString.copyFrom(JoinBytes.hash(chunks.getFirst())))
                        .build();
        assertThat(newcomer.offer(offered, anchorAt(5)))
                .isEqualTo(ResponseOfferSnapshot.Result.ACCEPT);
        ResponseApplySnapshotChunk last = ResponseApplySnapshotChunk.getDefaultInstance();
        for (int index = 0; index < chunks.size(); index++) {
            last = newcomer.apply(index, ByteString.copyFrom(chunks.get(index)));
        }
        assertThat(last.getResult()).as(what).isEqualTo(Result.REJECT_SNAPSHOT);
        assertThat(last.getRejectSendersList()).as(what).containsExactly("somebody");
        assertThat(newcomer.isThere()).as(what).isFalse();
        assertThat(newcomer.folder().parts().resolve("snapshots")).as(what).isEmptyDirectory();
        assertThat(newcomer.folder().parts().resolve("ledger")).as(what).isEmptyDirectory();
    }

    /// A file that is mapped keeps its place on the disk when it is removed.
    @Test
    void nothingOfAFalseOneStaysMapped() throws IOException { // CE-15
        Path maps = Path.of("/proc/self/maps");
        Assumptions.assumeTrue(Files.exists(maps), "needs Linux, which says what is mapped");
        make(5);
        store.snapshot();
        make(3);
        Newcomer newcomer = newcomer("new", disk);
        assertRefused(newcomer, otherState(), "another state");
        assertThat(Files.readString(maps)).doesNotContain(home.resolve("new").toString());
    }

    @Test
    void oneThatIsDamagedIsReadOnce() throws IOException { // CE-14
        make(5);
        store.snapshot();
        make(3);
        Path file = new SnapshotFolder(snapshots("old")).file(5);
        byte[] whole = Files.readAllBytes(file);
        byte[] flipped = whole.clone();
        flipped[whole.length - 1] ^= 1;
        Files.write(file, flipped);
        assertThat(list()).isEmpty();
        Files.write(file, whole);
        assertThat(list()).as("it is not read again").isEmpty();
        make(2);
        store.snapshot();
        make(3);
        assertThat(list()).hasSize(1);
    }

    /// A snapshot whose every hash fits, of notes that nobody wrote.
    private byte[] otherState() throws IOException {
        NotesApplication other = new NotesApplication();
        other.finalizeBlock(1, 1, List.of(new byte[] {9}));
        other.commit();
        Snapshots forged =
                new Snapshots(disk, snapshots("forged"), Block.genesisHash(GENESIS), other);
        forged.take(blocks.get(4).toHeader(), store);
        return JoinBytes.content(
                blocks.subList(0, 5),
                Files.readAllBytes(new SnapshotFolder(snapshots("forged")).file(5)));
    }

    /// Makes blocks of the ledger, every other one of the engine's.
    private void make(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long next = engine.engineHeight() + (store.height() == 0 ? 1 : 2);
            decide(next, true);
        }
        decide(engine.engineHeight() + 1, false);
    }

    private void makeLarge(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long next = engine.engineHeight() + 1;
            byte[] tx = new byte[1 << 20];
            Arrays.fill(tx, (byte) (i + 1));
            engine.finalizeBlock(
                    block(next, false).toBuilder().addTxs(ByteString.copyFrom(tx)).build());
            engine.commit(RequestCommit.getDefaultInstance());
        }
    }

    private void decide(long engineHeight, boolean holds) throws IOException {
        engine.finalizeBlock(holds ? block(engineHeight, true, 3) : block(engineHeight, false));
        engine.commit(RequestCommit.getDefaultInstance());
    }

    private static RequestFinalizeBlock block(long height, boolean holds, int... notes) {
        RequestFinalizeBlock.Builder block =
                RequestFinalizeBlock.newBuilder()
                        .setHeight(height)
                        .setTime(Timestamp.newBuilder().setSeconds(10 * height));
        if (holds) {
            Arrays.stream(notes)
                    .forEach(note -> block.addTxs(ByteString.copyFrom(new byte[] {(byte) note})));
        }
        return block.build();
    }

    private List<Snapshot> list() throws IOException {
        return engine.listSnapshots(RequestListSnapshots.getDefaultInstance()).getSnapshotsList();
    }

    private ByteString load(Snapshot snapshot, int chunk) throws IOException {
        return engine.loadSnapshotChunk(
                        RequestLoadSnapshotChunk.newBuilder()
                                .setHeight(snapshot.getHeight())
                                .setFormat(snapshot.getFormat())
                                .setChunk(chunk)
                                .build())
                .getChunk();
    }

    private ByteString anchorAt(int height) {
        return ByteString.copyFrom(
                new SharedNotes().anchor(Optional.of(blocks.get(height - 1).toHeader())));
    }

    private static byte[] joinedHeaders(LedgerStore from, long first, long last) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        LongStream.rangeClosed(first, last)
                .forEach(height -> {
                    try {
                        all.writeBytes(from.getHeader(height).encode());
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
        return all.toByteArray();
    }

    private Newcomer newcomer(String name, Disk on) throws IOException {
        return new Newcomer(home.resolve(name), GENESIS, on);
    }

    private JoinFolder folder(String name) {
        return Newcomer.folder(home.resolve(name));
    }

    private Path ledger(String name) {
        return home.resolve(name).resolve("ledger");
    }

    private Path snapshots(String name) {
        return home.resolve(name).resolve("snapshots");
    }
}
