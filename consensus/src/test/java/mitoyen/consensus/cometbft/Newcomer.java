package mitoyen.consensus.cometbft;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.consensus.abci.OrderedHandler;
import mitoyen.consensus.abci.wire.RequestApplySnapshotChunk;
import mitoyen.consensus.abci.wire.RequestOfferSnapshot;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseOfferSnapshot;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.joining.JoinFolder;
import mitoyen.consensus.joining.JoiningHandler;
import mitoyen.consensus.store.LedgerStore;

/// A node that begins in a folder, and is called in the order that CometBFT promises.
final class Newcomer {
    private final byte[] genesis;
    private final JoinFolder folder;
    private final JoiningHandler handler;
    private final OrderedHandler ordered;
    private final AtomicLong nanos = new AtomicLong();

    /// @param home of its ledger and its snapshots
    Newcomer(Path home, byte[] genesis, Disk disk) throws IOException {
        this.genesis = genesis.clone();
        folder = folder(home);
        folder.begin(disk);
        handler = new JoiningHandler(disk, folder, new NotesNewcomer(genesis), nanos::get);
        ordered =
                new OrderedHandler(
                        handler,
                        wrong -> {
                            throw new IllegalStateException(wrong);
                        });
        ordered.connected();
    }

    static JoinFolder folder(Path home) {
        return new JoinFolder(
                home.resolve("ledger"), home.resolve("snapshots"), home.resolve("joining"));
    }

    /// Lets time pass.
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    JoinFolder folder() {
        return folder;
    }

    JoiningHandler handler() {
        return handler;
    }

    /// The handler behind the order that CometBFT promises.
    OrderedHandler ordered() {
        return ordered;
    }

    ResponseOfferSnapshot.Result offer(Snapshot snapshot, ByteString anchor) throws IOException {
        return ordered.offerSnapshot(
                        RequestOfferSnapshot.newBuilder()
                                .setSnapshot(snapshot)
                                .setAppHash(anchor)
                                .build())
                .getResult();
    }

    ResponseApplySnapshotChunk apply(int index, ByteString chunk) throws IOException {
        return ordered.applySnapshotChunk(
                RequestApplySnapshotChunk.newBuilder()
                        .setIndex(index)
                        .setChunk(chunk)
                        .setSender("somebody")
                        .build());
    }

    boolean isThere() {
        return Files.exists(folder.ledger()) && Files.exists(folder.snapshots());
    }

    LedgerStore openAndContinue(long segmentBytes) throws IOException {
        SharedNotes notes = new SharedNotes();
        LedgerStore joined =
                LedgerStore.open(
                        new UnsyncedDisk(),
                        folder.ledger(),
                        folder.snapshots(),
                        genesis,
                        notes,
                        _ -> {},
                        segmentBytes);
        handler.continueAs(new CometEngine(joined, notes, (_, _) -> {}));
        return joined;
    }

    List<Snapshot> list() throws IOException {
        return JoiningFixture.list(ordered);
    }

    ByteString load(Snapshot snapshot, int chunk) throws IOException {
        return JoiningFixture.load(ordered, snapshot, chunk);
    }
}
