package mitoyen.consensus.abci;

import java.io.IOException;

/// Bytes that are not a request; says why. The connection they came over is of no more use.
final class FrameException extends IOException {
    private static final long serialVersionUID = 1;

    FrameException(String message) {
        super(message);
    }

    FrameException(String message, IOException cause) {
        super(message, cause);
    }
}
