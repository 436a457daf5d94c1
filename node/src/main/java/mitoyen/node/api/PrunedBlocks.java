package mitoyen.node.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;
import mitoyen.consensus.BlockHeader;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.running.LedgerProofs;
import mitoyen.node.running.LedgerProofs.Located;
import mitoyen.node.views.ViewFeed;
import mitoyen.node.views.ViewReader;

/// What is still told of blocks whose transactions were pruned: their headers, and that the ledger
/// holds them.
///
/// Rows of the tables go while somebody reads them; so ask here after reading, not before.
final class PrunedBlocks {
    private final LedgerProofs proofs;
    private final ViewFeed feed;
    private final ViewReader reader;

    PrunedBlocks(LedgerProofs proofs, ViewFeed feed, ViewReader reader) {
        this.proofs = proofs;
        this.feed = feed;
        this.reader = reader;
    }

    /// Whether a block is one of them.
    boolean has(long height) {
        return height >= 1 && height < feed.keptFrom();
    }

    /// Answers of a transaction that is in no block that is kept: with what is left of the block
    /// that accepted it, or that nothing is known of it, though a pruned block may have refused it.
    ///
    /// @param id in hexadecimal
    /// @param unknown what to answer where no block accepted it
    void sendMissing(ServerRequest request, ServerResponse response, String id, ApiFault unknown)
            throws IOException {
        OptionalLong accepting = reader.findPruned(id);
        if (accepting.isPresent()) {
            send(request, response, accepting.getAsLong());
        } else {
            long from = feed.keptFrom();
            Problems.send(
                    request,
                    response,
                    unknown,
                    from == 1 ? "" : "what blocks below " + from + " rejected is not kept");
        }
    }

    /// Answers with what is left of a block.
    void send(ServerRequest request, ServerResponse response, long height) throws IOException {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("keptFrom", feed.keptFrom());
        BlockHeader header = proofs.getHeader(height);
        members.put("block", header(header));
        members.put("proof", proof(proofs.locate(header)));
        Problems.send(request, response, ApiFault.BLOCK_PRUNED, members);
    }

    private static SequencedMap<String, Object> header(BlockHeader block) {
        SequencedMap<String, Object> header = new LinkedHashMap<>();
        header.put("height", block.height());
        header.put("timeMillis", block.timeMillis());
        header.put("hash", block.hash().toString());
        header.put("previousHash", block.previousHash().toString());
        header.put("stateRoot", block.appHash().toString());
        header.put("receiptsRoot", block.resultsHash().toString());
        return header;
    }

    private static SequencedMap<String, Object> proof(Located located) {
        BlockProof block = located.block();
        SequencedMap<String, Object> proof = new LinkedHashMap<>();
        proof.put("header", block.header().toString());
        proof.put("path", block.path().stream().map(Digest::toString).toList());
        proof.put("height", located.root().size());
        proof.put("root", located.root().root().toString());
        return proof;
    }
}
