package mitoyen.node.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.FullScan;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StoredState;
import mitoyen.ledger.proof.DamagedBytesException;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.StoredBytes;

/// A state as a snapshot holds it: written as its trees (LE-195), read where it is needed; or as an
/// older program wrote it, entry by entry (LE-158), and then read as a whole.
public final class StateFile {
    private StateFile() {}

    /// Writes a state: the same bytes on every machine that is in the same state.
    ///
    /// @throws IOException if it cannot be written, if nobody could read it again, or if what it
    ///   lies on is damaged
    public static void write(State state, OutputStream out) throws IOException {
        if (!StoredState.hasRoomFor(state)) {
            throw new IOException(
                    state.accounts().listTotals().size()
                            + " assets are more than a snapshot has room for");
        }
        try {
            StoredState.write(state, new ContentSink(out));
        } catch (UncheckedIOException failed) {
            throw new IOException(failed.getCause());
        }
    }

    /// The state in a snapshot.
    ///
    /// @throws IOException if there is none
    public static Opened open(SnapshotContent content) throws IOException {
        ContentBytes bytes = new ContentBytes(content);
        return StoredState.isWrittenTo(bytes)
                ? openLying(content, StoredState::open)
                : new Opened(StateStream.read(content.stream()), Optional.empty());
    }

    /// The state in a snapshot that it can lie on; nothing of one of the first form is read, which
    /// would be all of it.
    ///
    /// @param root of the state, which is known from elsewhere: where what the snapshot says of its
    ///   parts does not give it, no part is looked at, whoever wrote them
    /// @throws IOException if there is none such, or it has another root
    public static Opened openLying(SnapshotContent content, Hash root) throws IOException {
        Digest expected = new Digest(ByteString.of(root.toBytes()));
        return openLying(content, bytes -> StoredState.open(bytes, expected));
    }

    private static Opened openLying(SnapshotContent content, Opening opening) throws IOException {
        ContentBytes bytes = new ContentBytes(content);
        if (!StoredState.isWrittenTo(bytes)) {
            throw new IOException("a state of the first form");
        }
        try {
            return new Opened(opening.open(bytes), Optional.of(content.name()));
        } catch (CborException | DamagedBytesException none) {
            throw new IOException("not a ledger's state: " + none.getMessage(), none);
        }
    }

    /// How a stored state is opened.
    @FunctionalInterface
    private interface Opening {
        State open(StoredBytes bytes) throws CborException;
    }

    /// A state that was taken up.
    ///
    /// @param lyingIn the snapshot that it is read from from now on, the sums of which nobody
    ///   checked yet; empty where all of it was read and worked out
    public record Opened(State state, Optional<String> lyingIn) {
        /// Reads all of it and works its sums out again, which takes time in proportion to it.
        ///
        /// @throws IllegalStateException naming what does not hold
        /// @throws DamagedBytesException naming what was damaged
        public void scan() {
            FullScan.check(state);
        }
    }
}
