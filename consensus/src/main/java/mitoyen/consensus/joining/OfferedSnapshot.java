package mitoyen.consensus.joining;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.abci.wire.Snapshot;
import mitoyen.consensus.journal.BegunJournal;
import mitoyen.consensus.snapshot.WholeSnapshot;
import mitoyen.consensus.store.LedgerStore;

/// A ledger's beginning as this node gives it to others (`CE-13`). Its bytes depend on ledger and
/// height alone. For any thread.
final class OfferedSnapshot {
    /// How many headers are read at once: a chunk of them.
    private static final int HEADERS = JoinForm.CHUNK_BYTES / BlockHeader.BYTES;

    private final LedgerStore store;
    private final Block block;
    private final long engineHeight;
    private final byte[] record;
    private final WholeSnapshot snapshot;
    private final byte[] table;

    private OfferedSnapshot(
            LedgerStore store, Block block, long engineHeight, WholeSnapshot snapshot)
            throws IOException {
        this.store = store;
        this.block = block;
        this.engineHeight = engineHeight;
        byte[] payload = BegunJournal.encode(block);
        this.record =
                ByteBuffer.allocate(Integer.BYTES + payload.length)
                        .putInt(payload.length)
                        .put(payload)
                        .array();
        this.snapshot = snapshot;
        this.table = hashes();
    }

    /// Reads all of it once, to know its hashes.
    ///
    /// @param block the block whose state the snapshot holds
    /// @param engineHeight of the engine's block that it was made of
    /// @throws IOException if something cannot be read, or does not hold
    static OfferedSnapshot of(
            LedgerStore store, Block block, long engineHeight, WholeSnapshot snapshot)
            throws IOException {
        if (!snapshot.block().equals(block.toHeader())) {
            throw new IOException("the snapshot of block " + block.height() + " is of another one");
        }
        checkChain(store, block);
        return new OfferedSnapshot(store, block, engineHeight, snapshot);
    }

    /// The height of the ledger's block.
    long height() {
        return block.height();
    }

    /// The height of the engine's block that it was made of.
    long engineHeight() {
        return engineHeight;
    }

    /// Whether it is short enough to be taken.
    boolean isWithinLimits() {
        return chunks() <= JoinForm.MOST_CHUNKS;
    }

    /// What others are told of it.
    Snapshot describe() {
        return Snapshot.newBuilder()
                .setHeight(engineHeight)
                .setFormat(JoinForm.FORMAT)
                .setChunks(1 + chunks())
                .setHash(ByteString.copyFrom(JoinForm.tableHash(table)))
                .build();
    }

    /// One chunk; empty where there is none of this number.
    ///
    /// @param index 0 for the table
    byte[] chunk(int index) throws IOException {
        if (index == 0) {
            return table.clone();
        }
        return index < 0 || index > chunks() ? new byte[0] : contentChunk(index - 1);
    }

    private static void checkChain(LedgerStore store, Block block) throws IOException {
        Hash last = store.genesisHash();
        for (long height = 1; height <= block.height(); height += HEADERS) {
            long to = Math.min(block.height(), height + HEADERS - 1);
            byte[] headers = store.readHeaders(height, to);
            for (int at = 0; at < headers.length; at += BlockHeader.BYTES) {
                BlockHeader header =
                        BlockHeader.decode(Arrays.copyOfRange(headers, at, at + BlockHeader.BYTES));
                if (!header.previousHash().equals(last)) {
                    throw new IOException("the header of block " + header.height() + " is damaged");
                }
                last = header.hash();
            }
        }
        if (!last.equals(block.hash())) {
            throw new IOException("the header of block " + block.height() + " is damaged");
        }
    }

    private byte[] hashes() throws IOException {
        ByteBuffer hashes = ByteBuffer.allocate(Math.multiplyExact(Hash.LENGTH, chunks()));
        for (int chunk = 0; chunk < chunks(); chunk++) {
            hashes.put(JoinForm.chunkHash(contentChunk(chunk)));
        }
        return hashes.array();
    }

    private int chunks() {
        return Math.toIntExact(Math.ceilDiv(length(), (long) JoinForm.CHUNK_BYTES));
    }

    private byte[] contentChunk(int chunk) throws IOException {
        long from = (long) chunk * JoinForm.CHUNK_BYTES;
        return content(from, (int) Math.min(JoinForm.CHUNK_BYTES, length() - from));
    }

    private long headerBytes() {
        return block.height() * BlockHeader.BYTES;
    }

    private long length() {
        return headerBytes() + record.length + snapshot.length();
    }

    /// Some bytes of headers, block and snapshot, which lie one behind the other.
    private byte[] content(long from, int count) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(count);
        while (content.hasRemaining()) {
            long at = from + content.position();
            long inRecord = at - headerBytes();
            long inSnapshot = inRecord - record.length;
            if (inRecord < 0) {
                content.put(headers(at, (int) Math.min(content.remaining(), -inRecord)));
            } else if (inSnapshot < 0) {
                content.put(
                        record, (int) inRecord, (int) Math.min(content.remaining(), -inSnapshot));
            } else {
                content.put(snapshot.read(inSnapshot, content.remaining()));
            }
        }
        return content.array();
    }

    private byte[] headers(long from, int count) throws IOException {
        long first = from / BlockHeader.BYTES;
        long last = (from + count - 1) / BlockHeader.BYTES;
        byte[] headers = store.readHeaders(first + 1, last + 1);
        int skipped = (int) (from - first * BlockHeader.BYTES);
        return Arrays.copyOfRange(headers, skipped, skipped + count);
    }
}
