package mitoyen.consensus.cometbft;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import mitoyen.consensus.Block;
import mitoyen.consensus.Misconduct;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.SharedApplication;
import mitoyen.consensus.SharedApplication.Verdict;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.abci.wire.CheckTxType;
import mitoyen.consensus.abci.wire.ExecTxResult;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestListSnapshots;
import mitoyen.consensus.abci.wire.RequestLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseInitChain;
import mitoyen.consensus.abci.wire.ResponseListSnapshots;
import mitoyen.consensus.abci.wire.ResponseLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.ResponsePrepareProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal.ProposalStatus;
import mitoyen.consensus.abci.wire.ResponseQuery;
import mitoyen.consensus.joining.OfferedSnapshots;
import mitoyen.consensus.store.LedgerStore;

/// What CometBFT orders, made into the blocks of a ledger and kept in a [LedgerStore].
///
/// A block of CometBFT becomes a block of the ledger where it holds anything or brings evidence; a
/// block without either leaves the ledger as it is, so that its heights may lie further apart. What
/// CometBFT signs as its application's hash is the [anchor][SharedApplication#anchor] of the
/// ledger: who trusts a header of CometBFT can check all that the ledger proves.
///
/// Nothing is kept before [#commit], and with a block is kept which of CometBFT's it was: so the
/// ledger is never ahead of the engine, and starts again where it was.
public final class CometEngine implements AbciHandler {
    /// What an application answers that refuses a transaction of the engine.
    private static final int REFUSED = 1;

    /// What a bundle takes in a proposal besides its bytes, at most [bytes].
    private static final int HEAD_BYTES = 8;

    /// What a notice with all the evidence that a block of CometBFT takes has at most [bytes].
    private static final int NOTICE_ROOM = 1 << 20;

    private final LedgerStore store;
    private final SharedApplication application;
    private final ObjLongConsumer<Block> committed;
    private SortedMap<String, Long> validators;
    private Optional<Block> executed = Optional.empty();
    private long startedNanos;
    private volatile ResponseInfo info;
    private final OfferedSnapshots snapshots;
    private long finalizedHeight;
    private OptionalLong finalizedMillis = OptionalLong.empty();
    private volatile long decidedHeight;

    /// The engine of an open ledger.
    ///
    /// @param application of the store, in its state
    /// @param committed told of every block once it is durable, and how long it took from execution
    ///   to the disk [ns], by the thread that CometBFT's consensus calls on
    /// @throws IllegalArgumentException if the ledger's last block has no notice
    public CometEngine(
            LedgerStore store, SharedApplication application, ObjLongConsumer<Block> committed) {
        this.store = store;
        this.application = application;
        this.committed = committed;
        this.validators = new TreeMap<>(application.validators());
        this.info = standing();
        this.snapshots = new OfferedSnapshots(store, application::engineHeight);
    }

    /// The height of CometBFT's block that the ledger's last block was made of; 0 before the first.
    public long engineHeight() {
        return info.getLastBlockHeight();
    }

    @Override
    public void connected() {
        executed = Optional.empty();
    }

    @Override
    public ResponseInfo info(RequestInfo request) {
        return info;
    }

    /// Whoever asks is led to the node's own interface, which proves its answers.
    @Override
    public ResponseQuery query(RequestQuery request) {
        return ResponseQuery.newBuilder()
                .setCode(REFUSED)
                .setLog("ask a node of the ledger over its own interface")
                .build();
    }

    /// @throws IllegalStateException if CometBFT was given another ledger's genesis, or has lost
    ///   its blocks while the ledger's are there
    @Override
    public ResponseInitChain initChain(RequestInitChain request) {
        String stated = request.getAppStateBytes().toString(StandardCharsets.UTF_8);
        String expected = appState(application.ledger());
        if (!stated.replaceAll("\\s", "").contains(expected)) {
            throw new IllegalStateException(
                    "CometBFT's genesis.json is of another ledger: its app_state lacks "
                            + expected);
        }
        if (!Translation.powers(request.getValidatorsList()).equals(validators)) {
            throw new IllegalStateException(
                    "the validators of CometBFT's genesis.json are not those of the ledger's");
        }
        if (store.height() > 0) {
            throw new IllegalStateException(
                    "CometBFT has no blocks and the ledger has %d: restore both, or neither"
                            .formatted(store.height()));
        }
        return ResponseInitChain.newBuilder().setAppHash(info.getLastBlockAppHash()).build();
    }

    /// What `app_state` in CometBFT's genesis must name, blanks apart.
    private static String appState(String ledger) {
        return "\"ledger\":\"%s\"".formatted(ledger);
    }

    @Override
    public CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) {
        boolean again = request.getType() == CheckTxType.RECHECK;
        return application
                .check(request.getTx().toByteArray(), again)
                .thenApply(CometEngine::answer);
    }

    @Override
    public ResponsePrepareProposal prepareProposal(RequestPrepareProposal request) {
        List<byte[]> waiting = Translation.bytes(request.getTxsList());
        List<byte[]> chosen =
                application.select(
                        Translation.millis(request.getTime()),
                        finalizedMillis,
                        waiting,
                        request.getMaxTxBytes());
        return ResponsePrepareProposal.newBuilder()
                .addAllTxs(chosen.stream().map(UnsafeByteOperations::unsafeWrap).toList())
                .build();
    }

    @Override
    public ResponseProcessProposal processProposal(RequestProcessProposal request) {
        boolean fits =
                isWithinLimits(request.getTxsList())
                        && application.accepts(
                                Translation.millis(request.getTime()),
                                Translation.bytes(request.getTxsList()));
        return ResponseProcessProposal.newBuilder()
                .setStatus(fits ? ProposalStatus.ACCEPT : ProposalStatus.REJECT)
                .build();
    }

    @Override
    public ResponseFinalizeBlock finalizeBlock(RequestFinalizeBlock request) throws IOException {
        ResponseFinalizeBlock.Builder response = ResponseFinalizeBlock.newBuilder();
        executed = Optional.empty();
        finalizedHeight = request.getHeight();
        finalizedMillis = OptionalLong.of(Translation.millis(request.getTime()));
        if (request.getTxsCount() == 0 && request.getMisbehaviorCount() == 0) {
            return response.setAppHash(info.getLastBlockAppHash()).build();
        }
        startedNanos = System.nanoTime();
        List<Misconduct> misconduct =
                request.getMisbehaviorList().stream().map(Translation::misconduct).toList();
        List<byte[]> bundles = new ArrayList<>();
        bundles.add(application.notice(request.getHeight(), misconduct));
        bundles.addAll(Translation.bytes(request.getTxsList()));
        Block block = store.execute(new Proposal(Translation.millis(request.getTime()), bundles));
        executed = Optional.of(block);
        ByteString results = ByteString.copyFrom(block.resultsHash().toBytes());
        request.getTxsList()
                .forEach(_ -> response.addTxResults(ExecTxResult.newBuilder().setData(results)));
        return response.addAllValidatorUpdates(
                        Translation.updates(validators, application.validators()))
                .setAppHash(anchor(executed))
                .build();
    }

    @Override
    public ResponseCommit commit(RequestCommit request) throws IOException {
        if (executed.isPresent()) {
            Block block = executed.get();
            store.keep(block);
            executed = Optional.empty();
            validators = new TreeMap<>(application.validators());
            committed.accept(block, System.nanoTime() - startedNanos);
            info = standing();
        }
        decidedHeight = finalizedHeight;
        return ResponseCommit.getDefaultInstance();
    }

    @Override
    public ResponseListSnapshots listSnapshots(RequestListSnapshots request) throws IOException {
        return ResponseListSnapshots.newBuilder()
                .addAllSnapshots(snapshots.list(decidedHeight))
                .build();
    }

    @Override
    public ResponseLoadSnapshotChunk loadSnapshotChunk(RequestLoadSnapshotChunk request)
            throws IOException {
        byte[] chunk =
                snapshots.chunk(request.getHeight(), request.getFormat(), request.getChunk());
        return ResponseLoadSnapshotChunk.newBuilder()
                .setChunk(UnsafeByteOperations.unsafeWrap(chunk))
                .build();
    }

    private ResponseInfo standing() {
        Optional<Block> last = store.findLastBlock();
        return ResponseInfo.newBuilder()
                .setData(application.ledger())
                .setLastBlockHeight(
                        last.map(block -> application.engineHeight(block.bundles().getFirst()))
                                .orElse(0L))
                .setLastBlockAppHash(anchor(last))
                .build();
    }

    private ByteString anchor(Optional<Block> last) {
        return ByteString.copyFrom(application.anchor(last.map(Block::toHeader)));
    }

    /// Whether a block can hold so much beside the notice (`JO-4`).
    private static boolean isWithinLimits(List<ByteString> txs) {
        long bytes = txs.stream().mapToLong(tx -> tx.size() + (long) HEAD_BYTES).sum();
        return txs.size() < Block.MAX_BUNDLES && bytes < Block.MAX_BYTES - NOTICE_ROOM;
    }

    private static ResponseCheckTx answer(Verdict verdict) {
        ResponseCheckTx.Builder answer = ResponseCheckTx.newBuilder();
        verdict.word().ifPresent(word -> answer.setCode(REFUSED).setLog(word));
        return answer.build();
    }
}
