package mitoyen.consensus.cometbft;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mitoyen.consensus.Block;
import mitoyen.consensus.NotesApplication;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk.Result;
import mitoyen.consensus.abci.wire.ResponseOfferSnapshot;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Snapshots that are made up or damaged (`CE-14`, `CE-15`): none is taken for the ledger's, and
/// nothing of it stays.
class FalseSnapshotTest extends JoiningFixture {
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
}
