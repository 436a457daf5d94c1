package mitoyen.consensus.abci;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import mitoyen.consensus.abci.wire.RequestApplySnapshotChunk;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestExtendVote;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestInsertTx;
import mitoyen.consensus.abci.wire.RequestListSnapshots;
import mitoyen.consensus.abci.wire.RequestLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.RequestOfferSnapshot;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.RequestReapTxs;
import mitoyen.consensus.abci.wire.RequestVerifyVoteExtension;
import mitoyen.consensus.abci.wire.ResponseApplySnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseExtendVote;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseInitChain;
import mitoyen.consensus.abci.wire.ResponseInsertTx;
import mitoyen.consensus.abci.wire.ResponseListSnapshots;
import mitoyen.consensus.abci.wire.ResponseLoadSnapshotChunk;
import mitoyen.consensus.abci.wire.ResponseOfferSnapshot;
import mitoyen.consensus.abci.wire.ResponsePrepareProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.ResponseQuery;
import mitoyen.consensus.abci.wire.ResponseReapTxs;
import mitoyen.consensus.abci.wire.ResponseVerifyVoteExtension;

/// A handler that is called as another, whose calls are held against the [CallGrammar].
public final class OrderedHandler implements AbciHandler {
    private final AbciHandler handler;
    private final Consumer<String> outOfOrder;
    private final CallGrammar grammar = new CallGrammar();

    /// @param outOfOrder told what was the first call out of order, before that call is passed on;
    ///   what it throws is a failure of the handler, which stops the node
    public OrderedHandler(AbciHandler handler, Consumer<String> outOfOrder) {
        this.handler = handler;
        this.outOfOrder = outOfOrder;
    }

    @Override
    public void connected() {
        grammar.connected();
        handler.connected();
    }

    @Override
    public ResponseInfo info(RequestInfo request) throws IOException {
        ResponseInfo response = handler.info(request);
        grammar.informed(response.getLastBlockHeight());
        return response;
    }

    @Override
    public ResponseQuery query(RequestQuery request) throws IOException {
        return handler.query(request);
    }

    @Override
    public CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) throws IOException {
        return handler.checkTx(request);
    }

    @Override
    public ResponseInitChain initChain(RequestInitChain request) throws IOException {
        check(grammar.initChain(request.getInitialHeight()));
        return handler.initChain(request);
    }

    @Override
    public ResponsePrepareProposal prepareProposal(RequestPrepareProposal request)
            throws IOException {
        check(grammar.round("PrepareProposal", request.getHeight()));
        return handler.prepareProposal(request);
    }

    @Override
    public ResponseProcessProposal processProposal(RequestProcessProposal request)
            throws IOException {
        check(grammar.round("ProcessProposal", request.getHeight()));
        return handler.processProposal(request);
    }

    @Override
    public ResponseFinalizeBlock finalizeBlock(RequestFinalizeBlock request) throws IOException {
        check(grammar.finalizeBlock(request.getHeight()));
        return handler.finalizeBlock(request);
    }

    @Override
    public ResponseCommit commit(RequestCommit request) throws IOException {
        check(grammar.commit());
        return handler.commit(request);
    }

    @Override
    public ResponseExtendVote extendVote(RequestExtendVote request) throws IOException {
        check(grammar.round("ExtendVote", request.getHeight()));
        return handler.extendVote(request);
    }

    @Override
    public ResponseVerifyVoteExtension verifyVoteExtension(RequestVerifyVoteExtension request)
            throws IOException {
        check(grammar.round("VerifyVoteExtension", request.getHeight()));
        return handler.verifyVoteExtension(request);
    }

    @Override
    public ResponseListSnapshots listSnapshots(RequestListSnapshots request) throws IOException {
        return handler.listSnapshots(request);
    }

    @Override
    public ResponseOfferSnapshot offerSnapshot(RequestOfferSnapshot request) throws IOException {
        check(grammar.offerSnapshot());
        return handler.offerSnapshot(request);
    }

    @Override
    public ResponseLoadSnapshotChunk loadSnapshotChunk(RequestLoadSnapshotChunk request)
            throws IOException {
        return handler.loadSnapshotChunk(request);
    }

    @Override
    public ResponseApplySnapshotChunk applySnapshotChunk(RequestApplySnapshotChunk request)
            throws IOException {
        check(grammar.applySnapshotChunk());
        return handler.applySnapshotChunk(request);
    }

    @Override
    public CompletableFuture<ResponseInsertTx> insertTx(RequestInsertTx request)
            throws IOException {
        return handler.insertTx(request);
    }

    @Override
    public ResponseReapTxs reapTxs(RequestReapTxs request) throws IOException {
        return handler.reapTxs(request);
    }

    private void check(Optional<String> wrong) {
        wrong.ifPresent(outOfOrder);
    }
}
