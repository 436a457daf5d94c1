package mitoyen.node.running;

import java.io.IOException;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;
import mitoyen.consensus.joining.JoinApplication;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.node.snapshot.StateFile;

/// What a node that has no ledger yet knows of it: the genesis, and how all of a stranger's state
/// is read.
public final class JoiningLedger implements JoinApplication {
    private final Genesis genesis;

    /// @param genesis of the ledger, a shared one
    public JoiningLedger(Genesis genesis) {
        this.genesis = genesis;
    }

    @Override
    public String ledger() {
        return genesis.hash().toString();
    }

    @Override
    public byte[] genesis() {
        return genesis.toBytes();
    }

    @Override
    public Log newLog() {
        return new Blocks();
    }

    @Override
    public long engineHeight(byte[] notice) {
        return SharedRules.heightOf(notice);
    }

    @Override
    public void check(SnapshotContent content, Hash stateHash) throws IOException {
        StateFile.openLying(content, stateHash).scan();
    }

    /// The leaves of all blocks so far.
    private static final class Blocks implements Log {
        private final MerkleLog log = new MerkleLog();

        @Override
        public void add(BlockHeader header) {
            log.append(BlockProof.leafHash(header.encode()));
        }

        @Override
        public byte[] anchor() {
            return SharedRules.anchor(new LogRoot(log.size(), log.root()));
        }
    }
}
