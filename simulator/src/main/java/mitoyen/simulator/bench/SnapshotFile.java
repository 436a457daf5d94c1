package mitoyen.simulator.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.snapshot.Chain;
import mitoyen.consensus.snapshot.Snapshots;
import mitoyen.ledger.machine.State;
import mitoyen.node.snapshot.StateFile;

/// A snapshot of a state, as an engine takes it and restarts from it.
final class SnapshotFile {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path folder;
    private final Holder holder;
    private final Snapshots snapshots;
    private final BlockHeader block;

    /// @param folder a new one
    SnapshotFile(Path folder, State state) {
        this.folder = folder;
        this.holder = new Holder(state);
        Hash none = Hash.of(new byte[Hash.LENGTH]);
        this.snapshots = new Snapshots(new RealDisk(), folder, none, holder);
        this.block = new BlockHeader(1, 1, none, none, holder.appHash(), none);
    }

    /// Writes it, durable when this returns.
    void take() throws IOException {
        snapshots.take(block, chain());
    }

    /// Lets the state go, so that a restart has the memory for itself.
    void forget() {
        holder.state = State.INITIAL;
    }

    /// Takes the state up again, as an engine does at its start.
    ///
    /// @return the state, of which this holds nothing
    State restart() throws IOException {
        if (snapshots.restore(chain()) != block.height()) {
            throw new IOException("the snapshot was not taken up");
        }
        State state = holder.state;
        forget();
        return state;
    }

    /// How large the file is [bytes].
    long bytes() throws IOException {
        return Files.size(file());
    }

    /// Reads the file and does nothing with it.
    void read() throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long read = 0;
        try (InputStream in = Files.newInputStream(file())) {
            for (int part = in.read(buffer); part >= 0; part = in.read(buffer)) {
                read += part;
            }
        }
        requireAll(read);
    }

    /// Reads the file and works out its SHA-256, which is the least that tells whether it is whole.
    void readAndHash() throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long read = 0;
        try (InputStream in = Files.newInputStream(file())) {
            for (int part = in.read(buffer); part >= 0; part = in.read(buffer)) {
                sha256.update(buffer, 0, part);
                read += part;
            }
        }
        requireAll(read);
        if (sha256.digest().length != Hash.LENGTH) {
            throw new IllegalStateException("not a SHA-256");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private void requireAll(long read) throws IOException {
        if (read != bytes()) {
            throw new IOException(file() + ": only " + read + " bytes were read");
        }
    }

    private Path file() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.snapshot")) {
            return files.iterator().next();
        }
    }

    private Chain chain() {
        return new Chain() {
            @Override
            public long firstHeight() {
                return 1;
            }

            @Override
            public Optional<BlockHeader> findHeader(long height) {
                return height == block.height() ? Optional.of(block) : Optional.empty();
            }
        };
    }

    /// Holds a state, and executes nothing.
    private static final class Holder implements SnapshotApplication {
        private State state;

        Holder(State state) {
            this.state = state;
        }

        @Override
        public Hash appHash() {
            return Hash.of(state.root().toBytes());
        }

        @Override
        public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
            throw new IllegalStateException("there is no block but the one of the snapshot");
        }

        @Override
        public void commit() {
            throw new IllegalStateException("there is no block but the one of the snapshot");
        }

        @Override
        public void writeSnapshot(OutputStream out) throws IOException {
            StateFile.write(state, out);
        }

        @Override
        public void readSnapshot(SnapshotContent content) throws IOException {
            state = StateFile.open(content).state();
        }
    }
}
