package mitoyen.simulator.network;

import mitoyen.consensus.abci.wire.Request;
import mitoyen.consensus.abci.wire.Response;

/// What somebody between a CometBFT and its application does with their words.
public interface Tampering {
    /// Passes everything on as it is.
    Tampering NONE = new Tampering() {};

    /// Whether a call may reach the application. Where it may not, nothing passes any more.
    default boolean lets(Request request) {
        return true;
    }

    /// Whether an answer may reach CometBFT. Where it may not, nothing passes any more.
    default boolean lets(Request request, Response answer) {
        return true;
    }

    /// What CometBFT is told instead of the application's answer.
    default Response answer(Request request, Response answer) {
        return answer;
    }
}
