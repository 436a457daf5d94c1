package mitoyen.node.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
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

    /// The height of the one that accepted a transaction, if one did.
    ///
    /// @param id in hexadecimal
    OptionalLong findAccepting(String id) throws IOException {
        return reader.findPruned(id);
    }

    /// What to say of a transaction that is in none and in no block that is kept: a pruned block
    /// may have refused it.
    String unknown() {
        return feed.keptFrom() == 1
                ? ""
                : "what blocks below " + feed.keptFrom() + " rejected is not kept";
    }

    /// Answers with what is left of a block.
    void send(ServerRequest request, ServerResponse response, long height) throws IOException {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("keptFrom", feed.keptFrom());
        members.put("block", header(proofs.getHeader(height)));
        Optional<Located> located = proofs.locate(height);
        located.ifPresent(found -> members.put("proof", proof(found)));
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
