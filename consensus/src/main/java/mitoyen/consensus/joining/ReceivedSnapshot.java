package mitoyen.consensus.joining;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.BegunJournal;
import mitoyen.consensus.snapshot.SnapshotException;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.consensus.snapshot.WholeSnapshot;

/// A ledger's beginning as it comes from others, chunk by chunk (`CE-15`): what can be checked is
/// checked as it comes, and nothing is put into place before all of it holds. One thread.
final class ReceivedSnapshot implements AutoCloseable {
    /// How long a chunk may take on average, beyond what is spared [ns]: 17 kB/s.
    private static final long CHUNK_NANOS = 60_000_000_000L;

    private static final long SPARED_NANOS = 10 * CHUNK_NANOS;

    /// How long all of it may take [ns]: what the light client trusts grows too old soon after.
    private static final long LONGEST_NANOS = 24 * 60 * CHUNK_NANOS;

    private static final int SHORTEST_RECORD = Block.HEADER_BYTES + Integer.BYTES;

    private final Disk disk;
    private final JoinFolder folder;
    private final JoinApplication application;
    private final Offer offer;
    private final JoinApplication.Log log;
    private final BegunJournal journal;
    private final Disk.Replacement snapshot;
    private final LongSupplier nanos;
    private final long begunNanos;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private byte[] table = new byte[0];
    private int taken;
    private Optional<BlockHeader> last = Optional.empty();
    private int recordBytes;
    private Optional<Block> block = Optional.empty();

    private ReceivedSnapshot(
            Disk disk,
            JoinFolder folder,
            JoinApplication application,
            Offer offer,
            BegunJournal journal,
            Disk.Replacement snapshot,
            LongSupplier nanos) {
        this.disk = disk;
        this.folder = folder;
        this.application = application;
        this.offer = offer;
        this.log = application.newLog();
        this.journal = journal;
        this.snapshot = snapshot;
        this.nanos = nanos;
        this.begunNanos = nanos.getAsLong();
    }

    /// What was announced, and what it must lead to.
    ///
    /// @param engineHeight the engine's block after which it is
    /// @param chunks how many there are, the table included; at least 2
    /// @param hash of the table
    /// @param height of the ledger's last block then, at least 1
    /// @param anchor what validators signed
    record Offer(long engineHeight, int chunks, Hash hash, long height, ByteString anchor) {}

    /// Begins to receive; what was received before is dropped.
    ///
    /// @param nanos how time passes [ns]
    static ReceivedSnapshot begin(
            Disk disk,
            JoinFolder folder,
            JoinApplication application,
            Offer offer,
            LongSupplier nanos)
            throws IOException {
        folder.clearParts(disk);
        disk.createDirectories(folder.newSnapshots());
        BegunJournal journal =
                BegunJournal.begin(disk, folder.newLedger(), application.genesis(), offer.height());
        return new ReceivedSnapshot(
                disk,
                folder,
                application,
                offer,
                journal,
                disk.replacement(new SnapshotFolder(folder.newSnapshots()).file(offer.height())),
                nanos);
    }

    /// The height of the ledger's block that it ends with.
    long height() {
        return offer.height();
    }

    /// The number of the chunk that comes next.
    int next() {
        return taken;
    }

    /// How many there are.
    int chunks() {
        return offer.chunks();
    }

    /// Whether it takes so long that another should be tried: somebody who sends as little as he
    /// can would keep the node from ever beginning.
    boolean isTooSlow() {
        return isTooSlow(nanos.getAsLong() - begunNanos, taken);
    }

    /// Whether so many chunks are too few after so long [ns].
    static boolean isTooSlow(long elapsedNanos, int chunks) {
        return elapsedNanos > Math.min(LONGEST_NANOS, SPARED_NANOS + chunks * CHUNK_NANOS);
    }

    /// Whether this is the next chunk, as it was announced.
    boolean isNext(byte[] chunk) {
        if (taken == 0) {
            return chunk.length == (offer.chunks() - 1) * Hash.LENGTH
                    && Hash.of(JoinForm.tableHash(chunk)).equals(offer.hash());
        }
        int row = (taken - 1) * Hash.LENGTH;
        return chunk.length <= JoinForm.CHUNK_BYTES
                && Arrays.equals(
                        JoinForm.chunkHash(chunk), 0, Hash.LENGTH, table, row, row + Hash.LENGTH);
    }

    /// Takes the next chunk.
    ///
    /// @return whether it was the last, and the ledger is in its place
    /// @throws FalseSnapshotException if nobody honest can have announced it
    boolean take(byte[] chunk) throws IOException, FalseSnapshotException {
        if (taken == 0) {
            table = chunk.clone();
        } else {
            requireLength(chunk.length);
            read(ByteBuffer.wrap(chunk));
        }
        taken++;
        if (taken < offer.chunks()) {
            return false;
        }
        finish();
        return true;
    }

    @Override
    public void close() throws IOException {
        journal.close();
        snapshot.close();
    }

    private void requireLength(int length) throws FalseSnapshotException {
        boolean isLast = taken == offer.chunks() - 1;
        if (isLast ? length == 0 : length != JoinForm.CHUNK_BYTES) {
            throw new FalseSnapshotException("has a chunk of " + length + " bytes");
        }
    }

    private void read(ByteBuffer chunk) throws IOException, FalseSnapshotException {
        while (chunk.hasRemaining()) {
            if (lastHeight() < offer.height()) {
                if (gather(chunk, BlockHeader.BYTES)) {
                    readHeader(takePart());
                }
            } else if (recordBytes == 0) {
                if (gather(chunk, Integer.BYTES)) {
                    readRecordLength(takePart());
                }
            } else if (block.isEmpty()) {
                if (gather(chunk, recordBytes)) {
                    readBlock(takePart());
                }
            } else {
                snapshot.out()
                        .write(
                                chunk.array(),
                                chunk.arrayOffset() + chunk.position(),
                                chunk.remaining());
                chunk.position(chunk.limit());
            }
        }
    }

    private long lastHeight() {
        return last.map(BlockHeader::height).orElse(0L);
    }

    /// Moves bytes to what was gathered until there are so many; whether there are.
    private boolean gather(ByteBuffer from, int wanted) {
        int count = Math.min(wanted - part.size(), from.remaining());
        part.write(from.array(), from.arrayOffset() + from.position(), count);
        from.position(from.position() + count);
        return part.size() == wanted;
    }

    private byte[] takePart() {
        byte[] bytes = part.toByteArray();
        part.reset();
        return bytes;
    }

    private void readHeader(byte[] bytes) throws IOException, FalseSnapshotException {
        try {
            BlockHeader header = BlockHeader.decode(bytes);
            if (header.height() == offer.height()) {
                log.add(header);
                requireAnchor();
            } else {
                journal.add(header);
                log.add(header);
            }
            last = Optional.of(header);
        } catch (IllegalArgumentException wrong) {
            throw new FalseSnapshotException("has headers that are no chain", wrong);
        }
    }

    /// With this all headers are what validators signed.
    private void requireAnchor() throws FalseSnapshotException {
        if (!offer.anchor().equals(ByteString.copyFrom(log.anchor()))) {
            throw new FalseSnapshotException("is of other blocks than validators signed");
        }
    }

    private void readRecordLength(byte[] bytes) throws FalseSnapshotException {
        recordBytes = ByteBuffer.wrap(bytes).getInt();
        if (recordBytes < SHORTEST_RECORD || recordBytes > Block.MAX_BYTES) {
            throw new FalseSnapshotException("has a block of " + recordBytes + " bytes");
        }
    }

    private void readBlock(byte[] payload) throws FalseSnapshotException {
        try {
            Block found = BegunJournal.decode(payload);
            if (!Optional.of(found.toHeader()).equals(last)) {
                throw new FalseSnapshotException("has a block of another header");
            }
            if (found.bundles().isEmpty()
                    || application.engineHeight(found.bundles().getFirst())
                            != offer.engineHeight()) {
                throw new FalseSnapshotException("is of another block of the engine");
            }
            block = Optional.of(found);
        } catch (IllegalArgumentException malformed) {
            throw new FalseSnapshotException("has no block where it should be", malformed);
        }
    }

    private void finish() throws IOException, FalseSnapshotException {
        if (block.isEmpty()) {
            throw new FalseSnapshotException("ends before its state begins");
        }
        try {
            journal.finish(block.get());
        } catch (IllegalArgumentException wrong) {
            throw new FalseSnapshotException("has headers that are no chain", wrong);
        }
        snapshot.commit();
        checkState(block.get().toHeader());
        folder.moveIntoPlace(disk);
    }

    private void checkState(BlockHeader header) throws IOException, FalseSnapshotException {
        try (Arena arena = Arena.ofShared()) {
            SnapshotFolder snapshots = new SnapshotFolder(folder.newSnapshots());
            Hash genesis = Block.genesisHash(application.genesis());
            checkState(header, snapshots.openWhole(header.height(), genesis, arena));
        } catch (SnapshotException wrong) {
            throw new FalseSnapshotException("is no snapshot", wrong);
        }
    }

    private void checkState(BlockHeader header, WholeSnapshot whole) throws FalseSnapshotException {
        if (!whole.block().equals(header)) {
            throw new FalseSnapshotException("holds the state of another block");
        }
        try {
            application.check(whole.content(), header.appHash());
        } catch (IOException | RuntimeException wrong) {
            // Whatever a stranger's bytes can make a program throw.
            throw new FalseSnapshotException("holds a state that does not hold", wrong);
        }
    }
}
