package mitoyen.consensus.abci;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import mitoyen.consensus.abci.wire.ExecTxResult;
import mitoyen.consensus.abci.wire.RequestCheckTx;
import mitoyen.consensus.abci.wire.RequestCommit;
import mitoyen.consensus.abci.wire.RequestFinalizeBlock;
import mitoyen.consensus.abci.wire.RequestInfo;
import mitoyen.consensus.abci.wire.RequestInitChain;
import mitoyen.consensus.abci.wire.RequestPrepareProposal;
import mitoyen.consensus.abci.wire.RequestProcessProposal;
import mitoyen.consensus.abci.wire.RequestQuery;
import mitoyen.consensus.abci.wire.ResponseCheckTx;
import mitoyen.consensus.abci.wire.ResponseCommit;
import mitoyen.consensus.abci.wire.ResponseFinalizeBlock;
import mitoyen.consensus.abci.wire.ResponseInfo;
import mitoyen.consensus.abci.wire.ResponseInitChain;
import mitoyen.consensus.abci.wire.ResponsePrepareProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.ResponseQuery;

/// An application that counts transactions, in memory.
class CountingHandler implements AbciHandler {
    private long height;
    private long count;
    private long draftHeight;
    private long draftCount;

    @Override
    public synchronized ResponseInfo info(RequestInfo request) {
        return ResponseInfo.newBuilder()
                .setData("counter")
                .setLastBlockHeight(height)
                .setLastBlockAppHash(height == 0 ? ByteString.EMPTY : hash(count))
                .build();
    }

    @Override
    public synchronized ResponseQuery query(RequestQuery request) {
        return ResponseQuery.newBuilder().setHeight(height).setValue(hash(count)).build();
    }

    @Override
    public CompletableFuture<ResponseCheckTx> checkTx(RequestCheckTx request) {
        int code = request.getTx().isEmpty() ? 1 : 0;
        return CompletableFuture.completedFuture(
                ResponseCheckTx.newBuilder().setCode(code).setData(request.getTx()).build());
    }

    @Override
    public ResponseInitChain initChain(RequestInitChain request) {
        return ResponseInitChain.newBuilder().setAppHash(hash(0)).build();
    }

    @Override
    public ResponsePrepareProposal prepareProposal(RequestPrepareProposal request) {
        return ResponsePrepareProposal.newBuilder().addAllTxs(request.getTxsList()).build();
    }

    @Override
    public ResponseProcessProposal processProposal(RequestProcessProposal request) {
        return ResponseProcessProposal.newBuilder()
                .setStatus(ResponseProcessProposal.ProposalStatus.ACCEPT)
                .build();
    }

    @Override
    public synchronized ResponseFinalizeBlock finalizeBlock(RequestFinalizeBlock request) {
        draftHeight = request.getHeight();
        draftCount = count + request.getTxsCount();
        ResponseFinalizeBlock.Builder response = ResponseFinalizeBlock.newBuilder();
        request.getTxsList()
                .forEach(tx -> response.addTxResults(ExecTxResult.newBuilder().setData(tx)));
        return response.setAppHash(hash(draftCount)).build();
    }

    @Override
    public synchronized ResponseCommit commit(RequestCommit request) throws IOException {
        height = draftHeight;
        count = draftCount;
        return ResponseCommit.getDefaultInstance();
    }

    private static ByteString hash(long count) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, count));
    }
}
