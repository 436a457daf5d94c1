package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.consensus.Application;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleHistory;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is proved of blocks, against the tree over all of them.
class LedgerProofsTest {
    private static final int BLOCKS = 150;

    @TempDir private Path folder;

    /// Whoever adds a block takes the log: it must not have to wait for somebody else's disk.
    @Test
    void whatIsProvedIsReadWhileBlocksCanBeAdded() throws Exception {
        MerkleHistory log = new MerkleHistory();
        List<BlockHeader> headers = new ArrayList<>();
        try (LedgerStore store = open()) {
            LedgerProofs proofs =
                    new LedgerProofs(
                            store,
                            log,
                            State.INITIAL,
                            (from, to) -> {
                                assertThat(Thread.holdsLock(log)).isFalse();
                                return BlockProof.leafHashes(store.readHeaders(from + 1, to));
                            });
            for (int height = 1; height <= BLOCKS; height++) {
                store.keep(store.execute(new Proposal(height, List.of())));
                headers.add(store.getHeader(height));
                proofs.add(headers.getLast(), State.INITIAL);
                if (isTold(height)) {
                    check(proofs, headers);
                }
            }
        }
    }

    /// Around the ends of the subtrees of 64 whose roots are kept, and some between.
    private static boolean isTold(int height) {
        return (height + 1) % 64 <= 2 || height % 21 == 0;
    }

    private static void check(LedgerProofs proofs, List<BlockHeader> headers) throws IOException {
        List<Digest> leaves =
                headers.stream().map(each -> BlockProof.leafHash(each.encode())).toList();
        LogRoot root = root(leaves);
        for (int at = 0; at < leaves.size(); at++) {
            LedgerProofs.Located located = proofs.locate(headers.get(at));
            assertThat(located.root()).isEqualTo(root);
            assertThat(located.block().path()).isEqualTo(MerkleTree.path(leaves, at).siblings());
        }
        for (int earlier = 0; earlier <= leaves.size(); earlier++) {
            LedgerProofs.Growth growth = proofs.proveGrowth(earlier, leaves.size());
            assertThat(growth.earlier()).isEqualTo(root(leaves.subList(0, earlier)));
            assertThat(growth.later())
                    .isEqualTo(
                            new Proven(
                                    new Proof.Growth(MerkleTree.growth(leaves, earlier).hashes()),
                                    root));
        }
        int half = leaves.size() / 2;
        assertThat(proofs.proveGrowth(half / 2, half).later().root())
                .isEqualTo(root(leaves.subList(0, half)));
    }

    private static LogRoot root(List<Digest> leaves) {
        return new LogRoot(leaves.size(), MerkleTree.root(leaves));
    }

    private LedgerStore open() throws IOException {
        return LedgerStore.open(
                new RealDisk(),
                folder.resolve("ledger"),
                new byte[] {1},
                new Nothing(),
                _ -> {},
                Journal.SEGMENT_BYTES);
    }

    /// An application whose state never changes.
    private static final class Nothing implements Application {
        private static final Hash NONE = Hash.of(new byte[Digest.LENGTH]);

        @Override
        public Hash appHash() {
            return NONE;
        }

        @Override
        public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
            return new BlockResult(NONE, NONE);
        }

        @Override
        public void commit() {}
    }
}
