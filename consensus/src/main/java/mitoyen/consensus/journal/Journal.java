package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.SegmentReader.Found;
import org.jspecify.annotations.Nullable;

/// Blocks on disk, open for appending: one writer at a time, which the caller sees to (`JO-13`).
///
/// The bytes depend on genesis, blocks and segment size alone, not on when the writer synced or how
/// often it was stopped (`JO-9`).
public final class Journal implements AutoCloseable {
    /// The size past which a new segment file begins, if none is chosen [bytes].
    public static final long SEGMENT_BYTES = 16 << 20;

    private final Disk disk;
    private final Path folder;
    private final Hash genesisHash;
    private final long segmentBytes;
    private Disk.@Nullable Appender segment;
    private @Nullable Block last;

    private Journal(Disk disk, Path folder, Hash genesisHash, long segmentBytes) {
        this.disk = disk;
        this.folder = folder;
        this.genesisHash = genesisHash;
        this.segmentBytes = segmentBytes;
    }

    /// Is shown the blocks that are there already.
    @FunctionalInterface
    public interface Visitor {
        /// Takes the next block.
        ///
        /// @throws IOException to stop; the opening fails with it
        void visit(Block block) throws IOException;
    }

    /// Opens the journal in a folder, which is created if it is not there, reads all of it, and
    /// drops what a crash left behind the last whole block (`JO-10`).
    ///
    /// @param genesis the ledger's first bytes; the same at every opening
    /// @param segmentBytes the size past which a new segment file begins; the same at every opening
    /// @param visitor shown every block that is kept, in order
    /// @throws JournalException if the folder holds another ledger or is damaged in a way that no
    ///   crash explains
    public static Journal open(
            Disk disk, Path folder, byte[] genesis, long segmentBytes, Visitor visitor)
            throws IOException {
        if (genesis.length > JournalReader.MAX_GENESIS_BYTES) {
            throw new IllegalArgumentException("a genesis of " + genesis.length + " bytes");
        }
        disk.createDirectories(folder);
        if (!JournalFolder.list(folder).hasGenesis()) {
            disk.replace(JournalFolder.genesis(folder), out -> out.write(genesis));
        }
        Journal journal = new Journal(disk, folder, Block.genesisHash(genesis), segmentBytes);
        try {
            journal.recover(visitor);
            return journal;
        } catch (IOException | RuntimeException | Error failure) {
            journal.close();
            throw failure;
        }
    }

    /// Writes the next block; durable only after [#sync()]. After an exception, the journal is only
    /// good for closing.
    ///
    /// @throws IllegalArgumentException if it does not follow the last one (`JO-3`)
    public void append(Block block) throws IOException {
        if (block.height() != height() + 1 || !block.previousHash().equals(lastHash())) {
            throw new IllegalArgumentException(block + " does not follow block " + height());
        }
        if (last != null && block.timeMillis() <= last.timeMillis()) {
            throw new IllegalArgumentException("the time of " + block + " does not rise");
        }
        ByteBuffer bytes = BlockRecord.encode(block);
        if (segment == null || segment.size() + bytes.remaining() > segmentBytes) {
            sync();
            segment = beginSegment(block);
        }
        segment.write(bytes);
        last = block;
    }

    /// Makes all blocks durable that were written.
    public void sync() throws IOException {
        if (segment != null) {
            segment.sync();
        }
    }

    /// The height of the last block; 0 before the first.
    public long height() {
        return last == null ? 0 : last.height();
    }

    /// The hash of the last block, or of the genesis: what the next block must name.
    public Hash lastHash() {
        return last == null ? genesisHash : last.hash();
    }

    /// The last block; empty before the first.
    public Optional<Block> findLastBlock() {
        return Optional.ofNullable(last);
    }

    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.close();
        }
    }

    private Disk.Appender beginSegment(Block first) throws IOException {
        if (segment != null) {
            segment.close();
        }
        Path file = JournalFolder.segment(folder, first.height());
        SegmentHeader header = new SegmentHeader(genesisHash, first.height(), first.previousHash());
        disk.replace(file, out -> out.write(header.encode()));
        return disk.append(file);
    }

    /// Blocks that are read here may have been written, but not synced, by a process that was
    /// killed: they are synced before anything is built on them.
    private void recover(Visitor visitor) throws IOException {
        JournalFolder listing = JournalFolder.list(folder);
        Found found;
        try (JournalReader reader = JournalReader.open(listing)) {
            if (!reader.genesisHash().equals(genesisHash)) {
                throw new JournalException(
                        JournalFolder.genesis(folder), 0, "is the genesis of another ledger");
            }
            found = reader.next();
            while (found instanceof Found.Whole whole) {
                visitor.visit(whole.block());
                last = whole.block();
                found = reader.next();
            }
        }
        for (Path leftover : listing.leftovers()) {
            disk.delete(leftover);
        }
        SortedMap<Long, Path> empty = listing.segments().tailMap(height() + 1);
        for (Path file : empty.values()) {
            disk.delete(file);
        }
        SortedMap<Long, Path> kept = listing.segments().headMap(height() + 1);
        if (!kept.isEmpty()) {
            segment = disk.append(kept.lastEntry().getValue());
            if (empty.isEmpty() && found instanceof Found.Torn torn) {
                segment.truncate(torn.offset());
            }
            segment.sync();
        }
    }
}
