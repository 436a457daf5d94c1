package mitoyen.consensus.joining;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.wire.RequestApplySnapshotChunk;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestListSnapshots;
import mitoyen.consensus.abci.wire.RequestLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.RequestOfferSnapshot;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseInitChain;
import mitoyen.consensus.abci.wire.ResponseListSnapshots;
import mitoyen.consensus.abci.wire.ResponseLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseOfferSnapshot;
import mitoyen.consensus.abci.wire.ResponsePrepareProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.ResponseQuery;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.disk.Disk;

/// The application of a node that has no ledger yet and begins from others' snapshot (`CE-15`):
/// what is offered is held against the anchor that CometBFT's light client verified. Once the
/// ledger is in its place, everything waits for, and then goes to, the handler that opened it.
public final class JoiningHandler implements AbciHandler {
    private static final System.Logger LOG = System.getLogger(JoiningHandler.class.getName());

    /// What an application answers that refuses.
    private static final int REFUSED = 1;

    private final Disk disk;
    private final JoinFolder folder;
    private final JoinApplication application;
    private final LongSupplier nanos;
    private final ByteString beginning;
    private final CompletableFuture<Long> joined = new CompletableFuture<>();
    private final CompletableFuture<AbciHandler> next = new CompletableFuture<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final SortedSet<String> senders = new TreeSet<>();
    private Optional<ReceivedSnapshot> receiving = Optional.empty();

    /// @param folder [begun][JoinFolder#begin]
    /// @param nanos how time passes [ns]
    public JoiningHandler(
            Disk disk, JoinFolder folder, JoinApplication application, LongSupplier nanos) {
        this.disk = disk;
        this.folder = folder;
        this.application = application;
        this.nanos = nanos;
        this.beginning = ByteString.copyFrom(application.newLog().anchor());
    }

    /// Completed with the height of the ledger's last block once it is in its place.
    public CompletableFuture<Long> joined() {
        return joined.copy();
    }

    /// Says who opened the ledger: he gets all calls from now on.
    public void continueAs(AbciHandler handler) {
        next.complete(handler);
    }

    /// Says that nobody will open the ledger: calls that wait for it fail.
    public void giveUp() {
        next.completeExceptionally(new IllegalStateException("the node is closing"));
    }

    @Override
    public ResponseInfo info(RequestInfo request) throws IOException {
        return joined.isDone()
                ? next.join().info(request)
                : ResponseInfo.newBuilder()
                        .setData(application.ledger())
                        .setLastBlockAppHash(beginning)
                        .build();
    }

    @Override
    public synchronized ResponseOfferSnapshot offerSnapshot(RequestOfferSnapshot request)
            throws IOException {
        drop();
        Snapshot snapshot = request.getSnapshot();
        ResponseOfferSnapshot.Result result = judge(snapshot, request.getAppHash());
        if (result == ResponseOfferSnapshot.Result.ACCEPT) {
            receiving = Optional.of(begin(snapshot, request.getAppHash()));
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a snapshot at the engine''s height {0} is not taken: {1}",
                    Long.toString(snapshot.getHeight()),
                    result);
        }
        return ResponseOfferSnapshot.newBuilder().setResult(result).build();
    }

    @Override
    public synchronized ResponseApplySnapshotChunk applySnapshotChunk(
            RequestApplySnapshotChunk request) throws IOException {
        if (receiving.isEmpty()) {
            return answer(ResponseApplySnapshotChunk.Result.ABORT).build();
        }
        ReceivedSnapshot snapshot = receiving.get();
        if (request.getIndex() != snapshot.next()) {
            return answer(ResponseApplySnapshotChunk.Result.RETRY_SNAPSHOT).build();
        }
        byte[] chunk = request.getChunk().toByteArray();
        if (!snapshot.isNext(chunk)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "chunk {0} from {1} is not what was announced",
                    Integer.toString(request.getIndex()),
                    request.getSender());
            return answer(ResponseApplySnapshotChunk.Result.RETRY)
                    .addRefetchChunks(request.getIndex())
                    .addRejectSenders(request.getSender())
                    .build();
        }
        senders.add(request.getSender());
        if (snapshot.isTooSlow()) {
            return rejected(snapshot, "comes too slowly");
        }
        try {
            if (snapshot.take(chunk)) {
                receiving = Optional.empty();
                joined.complete(snapshot.height());
            } else {
                logProgress(snapshot);
            }
            return answer(ResponseApplySnapshotChunk.Result.ACCEPT).build();
        } catch (FalseSnapshotException wrong) {
            return rejected(snapshot, String.valueOf(wrong.getMessage()));
        }
    }

    /// Drops a snapshot, and all who sent a part of it; the next one needs its place on the disk.
    ///
    /// @param why in a sentence's predicate
    private ResponseApplySnapshotChunk rejected(ReceivedSnapshot snapshot, String why)
            throws IOException {
        LOG.log(
                System.Logger.Level.WARNING,
                "the snapshot of block {0} {1}; another is tried",
                Long.toString(snapshot.height()),
                why);
        ResponseApplySnapshotChunk answer =
                answer(ResponseApplySnapshotChunk.Result.REJECT_SNAPSHOT)
                        .addAllRejectSenders(senders)
                        .build();
        drop();
        folder.clearParts(disk);
        return answer;
    }

    /// @throws IllegalStateException always before the ledger is there: CometBFT was to begin from
    ///   a snapshot
    @Override
    public ResponseInitChain initChain(RequestInitChain request) throws IOException {
        return continued().initChain(request);
    }

    @Override
    public ResponseQuery query(RequestQuery request) throws IOException {
        return joined.isDone()
                ? next.join().query(request)
                : ResponseQuery.newBuilder().setCode(REFUSED).setLog("no ledger yet").build();
    }

    @Override
    public CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) throws IOException {
        return joined.isDone()
                ? next.join().checkTx(request)
                : CompletableFuture.completedFuture(
                        ResponseCheckTx.newBuilder()
                                .setCode(REFUSED)
                                .setLog("no ledger yet")
                                .build());
    }

    @Override
    public ResponsePrepareProposal prepareProposal(RequestPrepareProposal request)
            throws IOException {
        return continued().prepareProposal(request);
    }

    @Override
    public ResponseProcessProposal processProposal(RequestProcessProposal request)
            throws IOException {
        return continued().processProposal(request);
    }

    /// The first block that the engine decides from the snapshot on is on its disk before it comes:
    /// it will not begin anew.
    @Override
    public ResponseFinalizeBlock finalizeBlock(RequestFinalizeBlock request) throws IOException {
        AbciHandler handler = continued();
        if (finished.compareAndSet(false, true)) {
            folder.finish(disk);
        }
        return handler.finalizeBlock(request);
    }

    @Override
    public ResponseCommit commit(RequestCommit request) throws IOException {
        return continued().commit(request);
    }

    @Override
    public void connected() {
        if (joined.isDone()) {
            next.join().connected();
        }
    }

    @Override
    public ResponseListSnapshots listSnapshots(RequestListSnapshots request) throws IOException {
        return joined.isDone()
                ? next.join().listSnapshots(request)
                : ResponseListSnapshots.getDefaultInstance();
    }

    @Override
    public ResponseLoadSnapshotChunk loadSnapshotChunk(RequestLoadSnapshotChunk request)
            throws IOException {
        return joined.isDone()
                ? next.join().loadSnapshotChunk(request)
                : ResponseLoadSnapshotChunk.getDefaultInstance();
    }

    private AbciHandler continued() {
        if (!joined.isDone()) {
            throw new IllegalStateException(
                    "CometBFT does not begin from a snapshot: its config.toml must say"
                            + " statesync.enable");
        }
        return next.join();
    }

    private ResponseOfferSnapshot.Result judge(Snapshot snapshot, ByteString anchor) {
        if (joined.isDone() || anchor.size() != JoinForm.ANCHOR_BYTES) {
            return ResponseOfferSnapshot.Result.REJECT;
        }
        if (snapshot.getFormat() != JoinForm.FORMAT) {
            return ResponseOfferSnapshot.Result.REJECT_FORMAT;
        }
        long chunks = Integer.toUnsignedLong(snapshot.getChunks());
        long height = height(anchor);
        if (height < 1 || chunks - 1 > JoinForm.MOST_CHUNKS) {
            return ResponseOfferSnapshot.Result.REJECT;
        }
        // That the headers alone have room is a matter of arithmetic.
        long room = (chunks - 1) * JoinForm.CHUNK_BYTES / BlockHeader.BYTES;
        boolean formed =
                snapshot.getHash().size() == Hash.LENGTH
                        && snapshot.getMetadata().isEmpty()
                        && height < room;
        return formed
                ? ResponseOfferSnapshot.Result.ACCEPT
                : ResponseOfferSnapshot.Result.REJECT_SENDER;
    }

    private ReceivedSnapshot begin(Snapshot snapshot, ByteString anchor) throws IOException {
        LOG.log(
                System.Logger.Level.INFO,
                "fetching the state after block {0} in {1} parts",
                Long.toString(height(anchor)),
                Integer.toString(snapshot.getChunks()));
        return ReceivedSnapshot.begin(
                disk,
                folder,
                application,
                new ReceivedSnapshot.Offer(
                        snapshot.getHeight(),
                        snapshot.getChunks(),
                        Hash.of(snapshot.getHash().toByteArray()),
                        height(anchor),
                        anchor),
                nanos);
    }

    private static long height(ByteString anchor) {
        return ByteBuffer.wrap(anchor.toByteArray()).getLong();
    }

    private void drop() throws IOException {
        senders.clear();
        if (receiving.isPresent()) {
            receiving.get().close();
            receiving = Optional.empty();
        }
    }

    private static void logProgress(ReceivedSnapshot snapshot) {
        int tenth = Math.max(1, snapshot.chunks() / 10);
        if (snapshot.next() % tenth == 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} of {1} parts are there",
                    Integer.toString(snapshot.next()),
                    Integer.toString(snapshot.chunks()));
        }
    }

    private static ResponseApplySnapshotChunk.Builder answer(
            ResponseApplySnapshotChunk.Result result) {
        return ResponseApplySnapshotChunk.newBuilder().setResult(result);
    }
}
