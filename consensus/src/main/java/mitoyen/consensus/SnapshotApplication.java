package mitoyen.consensus;

import java.io.IOException;
import java.io.OutputStream;

/// An application whose state can be written down and taken up again without its blocks.
public interface SnapshotApplication extends Application {
    /// Writes the state after the last commit: the same bytes on every machine that is in the same
    /// state. Called between blocks only.
    void writeSnapshot(OutputStream out) throws IOException;

    /// Takes up a state that [#writeSnapshot] wrote, in place of the one it has; [#appHash] is then
    /// the hash of that state, which the engine checks. It may hold on to the content and read of
    /// it later what it needs.
    ///
    /// @throws IOException if this is no state of this application; its own is as it was then
    void readSnapshot(SnapshotContent content) throws IOException;
}
