package mitoyen.consensus.abci;

import java.util.Optional;

/// The order in which CometBFT v0.40.0 calls an application, as its specification has it:
///
/// ```
/// start            = clean-start / recovery
/// clean-start      = ( Info InitChain / state-sync ) consensus-exec
/// state-sync       = *( OfferSnapshot *ApplySnapshotChunk )
///                    OfferSnapshot 1*ApplySnapshotChunk Info
/// recovery         = Info [InitChain] consensus-exec
/// consensus-exec   = 1*consensus-height
/// consensus-height = *consensus-round FinalizeBlock Commit
/// ```
///
/// A round is any of PrepareProposal, ProcessProposal, ExtendVote and VerifyVoteExtension, or
/// nothing; since rounds repeat, they come in any order. Whatever else there is may come at any
/// time, and Info too. Heights are checked with it: each call is for the height after the last
/// commit, and a ledger at height 0 begins with InitChain.
///
/// Each method is told a call, before it is answered unless it says otherwise, and says what is
/// wrong; only of the first that is. A few comparisons: it can be always on.
public final class CallGrammar {
    private enum Phase {
        CONNECTED("a connection"),
        INFORMED("Info"),
        OFFERED("OfferSnapshot"),
        APPLYING("ApplySnapshotChunk"),
        SYNCED("Info after ApplySnapshotChunk"),
        EXECUTING("InitChain, Commit or a round"),
        FINALIZED("FinalizeBlock");

        final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    private Phase phase = Phase.CONNECTED;
    private long height;
    private long finalized;
    private boolean broken;

    /// A CometBFT has connected; what was not committed is void.
    public synchronized void connected() {
        phase = Phase.CONNECTED;
    }

    /// Info was answered with a last height [blocks].
    public synchronized void informed(long lastHeight) {
        switch (phase) {
            case CONNECTED, INFORMED -> {
                phase = Phase.INFORMED;
                height = lastHeight;
            }
            case APPLYING, SYNCED -> {
                phase = Phase.SYNCED;
                height = lastHeight;
            }
            // For a client.
            case OFFERED, EXECUTING, FINALIZED -> {}
        }
    }

    /// InitChain, for a first height.
    public synchronized Optional<String> initChain(long initialHeight) {
        if (phase != Phase.INFORMED || height != 0) {
            return refuse("InitChain");
        }
        phase = Phase.EXECUTING;
        height = initialHeight - 1;
        return Optional.empty();
    }

    /// OfferSnapshot.
    public synchronized Optional<String> offerSnapshot() {
        return switch (phase) {
            case CONNECTED, INFORMED, OFFERED, APPLYING, SYNCED -> {
                phase = Phase.OFFERED;
                yield Optional.empty();
            }
            case EXECUTING, FINALIZED -> refuse("OfferSnapshot");
        };
    }

    /// ApplySnapshotChunk.
    public synchronized Optional<String> applySnapshotChunk() {
        return switch (phase) {
            // An Info on behalf of a client may have come between two chunks.
            case OFFERED, APPLYING, SYNCED -> {
                phase = Phase.APPLYING;
                yield Optional.empty();
            }
            case CONNECTED, INFORMED, EXECUTING, FINALIZED -> refuse("ApplySnapshotChunk");
        };
    }

    /// A call of a round, by its name, at a height.
    public synchronized Optional<String> round(String call, long at) {
        if (!mayExecute(at)) {
            return refuse(call + " at " + at);
        }
        phase = Phase.EXECUTING;
        return Optional.empty();
    }

    /// FinalizeBlock at a height.
    public synchronized Optional<String> finalizeBlock(long at) {
        if (!mayExecute(at)) {
            return refuse("FinalizeBlock at " + at);
        }
        phase = Phase.FINALIZED;
        finalized = at;
        return Optional.empty();
    }

    /// Commit of what was finalized.
    public synchronized Optional<String> commit() {
        if (phase != Phase.FINALIZED) {
            return refuse("Commit");
        }
        phase = Phase.EXECUTING;
        height = finalized;
        return Optional.empty();
    }

    private boolean mayExecute(long at) {
        return switch (phase) {
            case EXECUTING -> at == height + 1;
            case INFORMED, SYNCED -> height > 0 && at == height + 1;
            case CONNECTED, OFFERED, APPLYING, FINALIZED -> false;
        };
    }

    private Optional<String> refuse(String call) {
        if (broken) {
            return Optional.empty();
        }
        broken = true;
        return Optional.of(
                call + " is out of order: the last was " + phase.words + ", the height " + height);
    }
}
