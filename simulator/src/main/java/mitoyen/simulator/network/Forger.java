package mitoyen.simulator.network;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Response;
import mitoyen.consensus.abci.wire.ResponsePrepareProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal;
import mitoyen.consensus.abci.wire.ResponseProcessProposal.ProposalStatus;

/// An application that proposes what the ledger's rules forbid, one thing after the other, and
/// accepts whatever is proposed, its own included.
public final class Forger implements Tampering {
    private final List<ByteString> forgeries;
    private final AtomicInteger proposed = new AtomicInteger();
    private final Set<ByteString> executed = ConcurrentHashMap.newKeySet();

    /// @param forgeries each the one transaction of a proposal
    public Forger(List<byte[]> forgeries) {
        this.forgeries = forgeries.stream().map(UnsafeByteOperations::unsafeWrap).toList();
    }

    /// How many forgeries were proposed.
    public int proposed() {
        return proposed.get();
    }

    /// The forgeries that came to be in a block all the same.
    public Set<ByteString> executed() {
        return Set.copyOf(executed);
    }

    @Override
    public boolean lets(Request request) {
        request.getFinalizeBlock().getTxsList().stream()
                .filter(forgeries::contains)
                .forEach(executed::add);
        return true;
    }

    @Override
    public Response answer(Request request, Response answer) {
        return switch (answer.getValueCase()) {
            case PREPARE_PROPOSAL -> Response.newBuilder().setPrepareProposal(forge()).build();
            case PROCESS_PROPOSAL ->
                    Response.newBuilder()
                            .setProcessProposal(
                                    ResponseProcessProposal.newBuilder()
                                            .setStatus(ProposalStatus.ACCEPT))
                            .build();
            case EXCEPTION,
                    ECHO,
                    FLUSH,
                    INFO,
                    INIT_CHAIN,
                    QUERY,
                    CHECK_TX,
                    COMMIT,
                    LIST_SNAPSHOTS,
                    OFFER_SNAPSHOT,
                    LOAD_SNAPSHOT_CHUNK,
                    APPLY_SNAPSHOT_CHUNK,
                    EXTEND_VOTE,
                    VERIFY_VOTE_EXTENSION,
                    FINALIZE_BLOCK,
                    INSERT_TX,
                    REAP_TXS,
                    VALUE_NOT_SET ->
                    answer;
        };
    }

    private ResponsePrepareProposal forge() {
        int number = proposed.getAndIncrement();
        return ResponsePrepareProposal.newBuilder()
                .addTxs(forgeries.get(number % forgeries.size()))
                .build();
    }
}
