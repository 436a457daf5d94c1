package mitoyen.simulator.network;

import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Request.ValueCase;
import mitoyen.consensus.abci.wire.Response;

/// A moment of the first block that holds transactions, from which on nothing passes any more
/// between a CometBFT and its application. CometBFT has stored the block by then, and not yet its
/// own state behind it.
public enum CrashPoint {
    /// CometBFT has called FinalizeBlock, and the application has not heard it.
    BEFORE_FINALIZE(ValueCase.FINALIZE_BLOCK, false),

    /// The application has executed the block, and CometBFT has not heard what came of it.
    AFTER_FINALIZE(ValueCase.FINALIZE_BLOCK, true),

    /// CometBFT has stored what came of the block, and the application has not heard Commit.
    BEFORE_COMMIT(ValueCase.COMMIT, false),

    /// The application's block is durable, and CometBFT does not know it.
    AFTER_COMMIT(ValueCase.COMMIT, true);

    private final ValueCase call;
    private final boolean answered;

    CrashPoint(ValueCase call, boolean answered) {
        this.call = call;
        this.answered = answered;
    }

    /// Lets everything pass until then.
    public Tampering tampering() {
        return new Tampering() {
            private boolean full;

            @Override
            public boolean lets(Request request) {
                full |= request.getFinalizeBlock().getTxsCount() > 0;
                return answered || !isHere(request);
            }

            @Override
            public boolean lets(Request request, Response answer) {
                return !isHere(request);
            }

            private boolean isHere(Request request) {
                return full && request.getValueCase() == call;
            }
        };
    }
}
