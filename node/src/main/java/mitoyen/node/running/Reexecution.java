package mitoyen.node.running;

import java.io.IOException;
import java.util.Optional;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateDifference;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleLog;

/// What a node finds out about a [Divergence] by itself: it executes its last block again, from
/// what is on its disk, and holds what comes out against what validators signed (`CE-17`). What it
/// has it keeps, to be compared with what another node has (`CE-18`).
final class Reexecution {
    /// How many headers are read at once: all of a ledger's may be more than an array holds.
    private static final int HEADERS = 256;

    private final LedgerStore store;
    private final History history;

    Reexecution(LedgerStore store, History history) {
        this.store = store;
        this.history = history;
    }

    /// Where the state is kept, and what executing the last block again shows, in one line.
    ///
    /// @param state that the node had after the block
    String explain(Divergence divergence, State state) {
        try {
            long height = divergence.own().size();
            Optional<Block> last = height < 1 ? Optional.empty() : store.findBlock(height);
            if (last.isEmpty() || height != store.height()) {
                return "the block is not there to be executed again";
            }
            return keep(last.get(), state) + "; " + execute(last.get(), divergence, state);
        } catch (IOException | RuntimeException failure) {
            return "looking into it failed: " + failure.getMessage();
        }
    }

    private String keep(Block block, State state) {
        if (!Hash.of(state.root().toBytes()).equals(block.appHash())) {
            return "what it has now is not even what its own block says, and was not kept";
        }
        try {
            return "what it has is kept in " + history.keepAside(block.toHeader(), state);
        } catch (IOException failure) {
            return "what it has could not be kept: " + failure.getMessage();
        }
    }

    private String execute(Block block, Divergence divergence, State state) throws IOException {
        long height = block.height();
        RunningApplication again = history.before(height);
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
                                + " either: compare them by verify --against";
        return difference
                .map(found -> again + "; the first key that differs is " + words(found))
                .orElse(again + "; no key differs from what this node had");
    }

    private static String words(StateDifference found) {
        String where;
        if (found.first().isEmpty()) {
            where = "which was missing";
        } else if (found.second().isEmpty()) {
            where = "which should not be there";
        } else {
            where = "with another value";
        }
        return "%s %s, %s".formatted(found.part(), found.key(), where);
    }

    /// The root over all blocks, the last with another outcome.
    private LogRoot rootWith(Block block, Application.BlockResult result) throws IOException {
        MerkleLog log = new MerkleLog();
        for (long from = 1; from < block.height(); from += HEADERS) {
            long to = Math.min(block.height() - 1, from + HEADERS - 1);
            BlockProof.leafHashes(store.readHeaders(from, to)).forEach(log::append);
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
}
