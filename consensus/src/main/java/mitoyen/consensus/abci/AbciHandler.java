package mitoyen.consensus.abci;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
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

/// What an application answers CometBFT: a method a request of ABCI 2.0.
///
/// CometBFT asks over four connections: consensus, mempool, queries, snapshots. Calls of one come
/// in order and one at a time; calls of different ones at the same time, so that an implementation
/// guards what it shares between, say, [#query] and [#commit]. Bytes of a request are shared with
/// the frame that they came in: whoever keeps a part for long copies it.
///
/// Whatever a method throws, or a future ends with, stops the server: CometBFT is told, and the
/// owner of the server (see [AbciServer]). What is only wrong with a request is an answer with a
/// code, not an exception.
public interface AbciHandler {
    /// A CometBFT has connected, the first or one after the last went away. Every call of the one
    /// before has returned, and what it had finalized and not committed is void.
    default void connected() {}

    /// The height [blocks] and hash that were committed last: CometBFT starts from there, and asks
    /// again on behalf of clients.
    ResponseInfo info(RequestInfo request) throws IOException;

    /// Answers a client of CometBFT's own interface.
    ResponseQuery query(RequestQuery request) throws IOException;

    /// Whether a transaction may go into the mempool: code 0 if so.
    ///
    /// CometBFT does not wait for an answer before it sends the next one. Where the work goes to
    /// other threads, several transactions are checked at once; answers stay in order.
    CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) throws IOException;

    /// Starts a ledger at its genesis; once more if it crashed before the first commit.
    ResponseInitChain initChain(RequestInitChain request) throws IOException;

    /// Chooses what a block that this validator proposes holds.
    ResponsePrepareProposal prepareProposal(RequestPrepareProposal request) throws IOException;

    /// Whether a proposed block is valid: the same answer on every node.
    ResponseProcessProposal processProposal(RequestProcessProposal request) throws IOException;

    /// Executes a decided block in a draft; keeps nothing. May come again for the same block, and
    /// then answers the same.
    ResponseFinalizeBlock finalizeBlock(RequestFinalizeBlock request) throws IOException;

    /// Adopts the draft of the last [#finalizeBlock] and makes it durable, with its height and
    /// hash.
    ResponseCommit commit(RequestCommit request) throws IOException;

    /// What this validator adds to its vote: nothing.
    default ResponseExtendVote extendVote(RequestExtendVote request) throws IOException {
        return ResponseExtendVote.getDefaultInstance();
    }

    /// Whether another validator's addition is valid: an empty one.
    default ResponseVerifyVoteExtension verifyVoteExtension(RequestVerifyVoteExtension request)
            throws IOException {
        return ResponseVerifyVoteExtension.newBuilder()
                .setStatus(
                        request.getVoteExtension().isEmpty()
                                ? ResponseVerifyVoteExtension.VerifyStatus.ACCEPT
                                : ResponseVerifyVoteExtension.VerifyStatus.REJECT)
                .build();
    }

    /// The snapshots that this node can serve: none.
    default ResponseListSnapshots listSnapshots(RequestListSnapshots request) throws IOException {
        return ResponseListSnapshots.getDefaultInstance();
    }

    /// Whether to start from a snapshot that others serve: no.
    default ResponseOfferSnapshot offerSnapshot(RequestOfferSnapshot request) throws IOException {
        return ResponseOfferSnapshot.newBuilder()
                .setResult(ResponseOfferSnapshot.Result.REJECT)
                .build();
    }

    /// A part of a snapshot; empty where there is none.
    default ResponseLoadSnapshotChunk loadSnapshotChunk(RequestLoadSnapshotChunk request)
            throws IOException {
        return ResponseLoadSnapshotChunk.newBuilder().setChunk(ByteString.EMPTY).build();
    }

    /// Takes in a part of the snapshot that was accepted: none was.
    default ResponseApplySnapshotChunk applySnapshotChunk(RequestApplySnapshotChunk request)
            throws IOException {
        return ResponseApplySnapshotChunk.newBuilder()
                .setResult(ResponseApplySnapshotChunk.Result.ABORT)
                .build();
    }

    /// Takes a transaction from another node into the application's own mempool, where CometBFT is
    /// configured to have none: refused with code 1. As with [#checkTx] the next ones may follow
    /// before the answer.
    default CompletableFuture<ResponseInsertTx> insertTx(RequestInsertTx request)
            throws IOException {
        return CompletableFuture.completedFuture(ResponseInsertTx.newBuilder().setCode(1).build());
    }

    /// Transactions of the application's own mempool to send to other nodes: none.
    default ResponseReapTxs reapTxs(RequestReapTxs request) throws IOException {
        return ResponseReapTxs.getDefaultInstance();
    }
}
