package mitoyen.node.running;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateDifference;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleLog;

/// What a node finds out about a [Divergence] by itself: it executes its last block again, from
/// what is on its disk, and holds what comes out against what validators signed (`CE-17`).
final class Reexecution {
    /// How many headers are read at once: all of a ledger's may be more than an array holds.
    private static final int HEADERS = 256;

    private final LedgerStore store;
    private final History history;

    Reexecution(LedgerStore store, History history) {
        this.store = store;
        this.history = history;
    }

    /// In a sentence's predicate, what executing the last block again shows.
    ///
    /// @param state that the node had after it
    /// @throws IOException if that cannot be done
    String explain(Divergence divergence, State state) throws IOException {
        long height = divergence.own().size();
        Optional<Block> last = height < 1 ? Optional.empty() : store.findBlock(height);
        if (last.isEmpty() || height != store.height()) {
            return "the block is not there to be executed again";
        }
        RunningApplication again = history.before(height);
        Block block = last.get();
        Application.BlockResult result =
                again.finalizeBlock(height, block.timeMillis(), block.bundles());
        again.commit();
        boolean same = rootWith(block, result).equals(divergence.signed());
        return verdict(same, StateDifference.find(state, again.state()));
    }

    private static String verdict(boolean signed, Optional<StateDifference> difference) {
        String again =
                signed
                        ? "executed again from the disk it gives what validators signed"
                        : "executed again from the disk it does not give what validators signed"
                                + " either: compare with another node's folder";
        return difference
                .map(found -> again + "; the first key that differs is " + words(found))
                .orElse(again + "; no key differs from what this node had");
    }

    private static String words(StateDifference found) {
        String where =
                switch (found.where()) {
                    case BOTH -> "with another value";
                    case FIRST -> "which should not be there";
                    case SECOND -> "which was missing";
                };
        return "%s %s, %s".formatted(found.part(), found.key(), where);
    }

    /// The root over all blocks, the last with another outcome.
    private LogRoot rootWith(Block block, Application.BlockResult result) throws IOException {
        MerkleLog log = new MerkleLog();
        for (long from = 1; from < block.height(); from += HEADERS) {
            append(log, from, Math.min(block.height() - 1, from + HEADERS - 1));
        }
        Block again =
                new Block(
                        block.height(),
                        block.timeMillis(),
                        block.previousHash(),
                        result,
                        block.bundles());
        log.append(BlockProof.leafHash(again.header()));
        return new LogRoot(log.size(), log.root());
    }

    private void append(MerkleLog log, long from, long to) throws IOException {
        byte[] headers = store.readHeaders(from, to);
        for (int at = 0; at < headers.length; at += BlockHeader.BYTES) {
            log.append(
                    BlockProof.leafHash(Arrays.copyOfRange(headers, at, at + BlockHeader.BYTES)));
        }
    }
}
