package mitoyen.consensus.abci;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Response;
import mitoyen.consensus.abci.wire.ResponseEcho;
import mitoyen.consensus.abci.wire.ResponseException;
import mitoyen.consensus.abci.wire.ResponseFlush;

/// From a request to the handler's method, and from its answer to a response.
final class Dispatch {
    private Dispatch() {}

    /// Asks the handler. Of all answers only those of `checkTx` and `insertTx` may come later. The
    /// future is new, so that it can be given up without the handler's noticing.
    ///
    /// @throws IllegalArgumentException if the request is of no kind
    static CompletableFuture<Response> ask(AbciHandler handler, Request request)
            throws IOException {
        Response.Builder response = Response.newBuilder();
        return switch (request.getValueCase()) {
            case CHECK_TX ->
                    handler.checkTx(request.getCheckTx())
                            .thenApply(answer -> response.setCheckTx(answer).build());
            case INSERT_TX ->
                    handler.insertTx(request.getInsertTx())
                            .thenApply(answer -> response.setInsertTx(answer).build());
            case ECHO, FLUSH -> completedFuture(answer(request, response));
            case INFO -> now(response.setInfo(handler.info(request.getInfo())));
            case QUERY -> now(response.setQuery(handler.query(request.getQuery())));
            case INIT_CHAIN ->
                    now(response.setInitChain(handler.initChain(request.getInitChain())));
            case PREPARE_PROPOSAL ->
                    now(
                            response.setPrepareProposal(
                                    handler.prepareProposal(request.getPrepareProposal())));
            case PROCESS_PROPOSAL ->
                    now(
                            response.setProcessProposal(
                                    handler.processProposal(request.getProcessProposal())));
            case EXTEND_VOTE ->
                    now(response.setExtendVote(handler.extendVote(request.getExtendVote())));
            case VERIFY_VOTE_EXTENSION ->
                    now(
                            response.setVerifyVoteExtension(
                                    handler.verifyVoteExtension(request.getVerifyVoteExtension())));
            case FINALIZE_BLOCK ->
                    now(
                            response.setFinalizeBlock(
                                    handler.finalizeBlock(request.getFinalizeBlock())));
            case COMMIT -> now(response.setCommit(handler.commit(request.getCommit())));
            case LIST_SNAPSHOTS ->
                    now(
                            response.setListSnapshots(
                                    handler.listSnapshots(request.getListSnapshots())));
            case OFFER_SNAPSHOT ->
                    now(
                            response.setOfferSnapshot(
                                    handler.offerSnapshot(request.getOfferSnapshot())));
            case LOAD_SNAPSHOT_CHUNK ->
                    now(
                            response.setLoadSnapshotChunk(
                                    handler.loadSnapshotChunk(request.getLoadSnapshotChunk())));
            case APPLY_SNAPSHOT_CHUNK ->
                    now(
                            response.setApplySnapshotChunk(
                                    handler.applySnapshotChunk(request.getApplySnapshotChunk())));
            case REAP_TXS -> now(response.setReapTxs(handler.reapTxs(request.getReapTxs())));
            case VALUE_NOT_SET -> throw new IllegalArgumentException("a request of no kind");
        };
    }

    /// The answer that makes CometBFT stop.
    static Response exception(String error) {
        return Response.newBuilder()
                .setException(ResponseException.newBuilder().setError(error))
                .build();
    }

    private static Response answer(Request request, Response.Builder response) {
        if (request.hasFlush()) {
            return response.setFlush(ResponseFlush.getDefaultInstance()).build();
        }
        ResponseEcho.Builder echo =
                ResponseEcho.newBuilder().setMessage(request.getEcho().getMessage());
        return response.setEcho(echo).build();
    }

    private static CompletableFuture<Response> now(Response.Builder response) {
        return completedFuture(response.build());
    }
}
