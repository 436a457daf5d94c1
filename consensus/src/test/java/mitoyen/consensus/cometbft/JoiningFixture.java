package mitoyen.consensus.cometbft;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import mitoyen.consensus.Block;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestListSnapshots;
import mitoyen.consensus.abci.wire.RequestLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.joining.JoinFolder;
import mitoyen.consensus.store.LedgerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A ledger of several nodes that others may begin from, and newcomers who do.
abstract class JoiningFixture {
    static final byte[] GENESIS = {7};
    static final int SEGMENT_BYTES = 400;

    @TempDir Path home;
    final Disk disk = new UnsyncedDisk();
    final List<Block> blocks = new ArrayList<>();
    LedgerStore store;
    CometEngine engine;

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

    /// Makes blocks of the ledger, every other one of the engine's.
    void make(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long next = engine.engineHeight() + (store.height() == 0 ? 1 : 2);
            decide(next, true);
        }
        decide(engine.engineHeight() + 1, false);
    }

    void makeLarge(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long next = engine.engineHeight() + 1;
            byte[] tx = new byte[1 << 20];
            Arrays.fill(tx, (byte) (i + 1));
            engine.finalizeBlock(
                    block(next, false).toBuilder().addTxs(ByteString.copyFrom(tx)).build());
            engine.commit(RequestCommit.getDefaultInstance());
        }
    }

    void decide(long engineHeight, boolean holds) throws IOException {
        engine.finalizeBlock(holds ? block(engineHeight, true, 3) : block(engineHeight, false));
        engine.commit(RequestCommit.getDefaultInstance());
    }

    static RequestFinalizeBlock block(long height, boolean holds, int... notes) {
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

    List<Snapshot> list() throws IOException {
        return list(engine);
    }

    ByteString load(Snapshot snapshot, int chunk) throws IOException {
        return load(engine, snapshot, chunk);
    }

    /// What an engine offers to whoever joins.
    static List<Snapshot> list(AbciHandler engine) throws IOException {
        return engine.listSnapshots(RequestListSnapshots.getDefaultInstance()).getSnapshotsList();
    }

    static ByteString load(AbciHandler engine, Snapshot snapshot, int chunk) throws IOException {
        return engine.loadSnapshotChunk(
                        RequestLoadSnapshotChunk.newBuilder()
                                .setHeight(snapshot.getHeight())
                                .setFormat(snapshot.getFormat())
                                .setChunk(chunk)
                                .build())
                .getChunk();
    }

    ByteString anchorAt(int height) {
        return ByteString.copyFrom(
                new SharedNotes().anchor(Optional.of(blocks.get(height - 1).toHeader())));
    }

    static byte[] joinedHeaders(LedgerStore from, long first, long last) {
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

    Newcomer newcomer(String name, Disk on) throws IOException {
        return new Newcomer(home.resolve(name), GENESIS, on);
    }

    JoinFolder folder(String name) {
        return Newcomer.folder(home.resolve(name));
    }

    Path ledger(String name) {
        return home.resolve(name).resolve("ledger");
    }

    Path snapshots(String name) {
        return home.resolve(name).resolve("snapshots");
    }
}
