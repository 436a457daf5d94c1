package mitoyen.node.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.Block;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.running.Sequencer;
import mitoyen.node.settlement.CommunityLedger;
import mitoyen.node.settlement.FollowedLedger;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.settlement.LiveLedger;

/// How a settlement in this process comes to the ledger of the node: its blocks are made between
/// the others. The node holds the folder, so here only one settlement at a time has to be seen to.
final class RunningPort implements LedgerPort, LiveLedger {
    private static final Logger LOG = Logger.getLogger(RunningPort.class.getName());

    private final RunningLedger ledger;
    private final Sequencer<?> sequencer;
    private final ReentrantLock settling = new ReentrantLock();

    /// What the last settlement followed, for the next one: its blocks are not executed again.
    private Optional<FollowedLedger> followed = Optional.empty();

    RunningPort(RunningLedger ledger, Sequencer<?> sequencer) {
        this.ledger = ledger;
        this.sequencer = sequencer;
    }

    @Override
    public Hold hold(Path folder) {
        settling.lock();
        return settling::unlock;
    }

    @Override
    public CommunityLedger open(Path folder, Genesis genesis, CommunityKeys keys)
            throws IOException {
        Optional<FollowedLedger> before = followed.filter(FollowedLedger::isWhole);
        FollowedLedger now =
                before.isPresent()
                        ? before.get().again(keys)
                        : FollowedLedger.open(this, genesis, keys);
        followed = Optional.of(now);
        return now;
    }

    @Override
    public long height() {
        return ledger.durableHeight();
    }

    @Override
    public Optional<Block> findBlock(long height) throws IOException {
        return ledger.findBlock(height);
    }

    @Override
    public void propose(Maker maker) throws IOException {
        try {
            long height = sequencer.propose(maker::proposals).get();
            LOG.log(Level.FINE, "settled up to block {0}", Long.toString(height));
        } catch (ExecutionException failed) {
            throw new IOException("the ledger took it not in: " + failed.getMessage(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
