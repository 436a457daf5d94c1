package mitoyen.consensus.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.SegmentReader.Found;
import org.jspecify.annotations.Nullable;

/// Blocks on disk, open for appending: one writer at a time, which the caller sees to (`JO-13`).
///
/// The bytes depend on genesis, blocks and segment size alone, not on how often the writer was
/// stopped (`JO-9`).
public final class Journal implements AutoCloseable {
    /// The size past which a new segment file begins, if none is chosen [bytes].
    public static final long SEGMENT_BYTES = 16 << 20;

    private final Disk disk;
    private final Path folder;
    private final long genesisBytes;
    private final Hash genesisHash;
    private final long segmentBytes;
    private final BlockIndex index;
    private long segmentHeight;
    private Disk.@Nullable Appender segment;
    private @Nullable Block last;

    private Journal(Disk disk, Path folder, byte[] genesis, long segmentBytes) {
        this.disk = disk;
        this.folder = folder;
        this.genesisBytes = genesis.length;
        this.genesisHash = Block.genesisHash(genesis);
        this.segmentBytes = segmentBytes;
        this.index = new BlockIndex(folder, genesisHash);
    }

    /// Opens the journal in a folder, which is created if it is not there, reads all of it, and
    /// drops what a crash left behind the last whole block (`JO-10`).
    ///
    /// @param genesis the ledger's first bytes; the same at every opening
    /// @param segmentBytes the size past which a new segment file begins; the same at every opening
    /// @throws JournalException if the folder holds another ledger or is damaged in a way that no
    ///   crash explains
    public static Journal open(Disk disk, Path folder, byte[] genesis, long segmentBytes)
            throws IOException {
        return open(disk, folder, genesis, segmentBytes, _ -> {});
    }

    /// The same for whoever needs all headers: it is being read anyway.
    ///
    /// @param found told the header of every block that is there, pruned or not, in order
    public static Journal open(
            Disk disk, Path folder, byte[] genesis, long segmentBytes, Consumer<BlockHeader> found)
            throws IOException {
        if (genesis.length > JournalReader.MAX_GENESIS_BYTES) {
            throw new IllegalArgumentException("a genesis of " + genesis.length + " bytes");
        }
        disk.createDirectories(folder);
        if (!JournalFolder.list(folder).hasGenesis()) {
            disk.replace(JournalFolder.genesis(folder), out -> out.write(genesis));
        }
        Journal journal = new Journal(disk, folder, genesis, segmentBytes);
        try {
            journal.recover(found);
            return journal;
        } catch (IOException | RuntimeException | Error failure) {
            journal.close();
            throw failure;
        }
    }

    /// Writes the next block, which is durable when this returns. So at most one record of the
    /// files is ever in doubt, the last (`JO-10`). After an exception, the journal is only good for
    /// closing.
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
            segment = beginSegment(block);
        }
        long offset = segment.size();
        long end = offset + bytes.remaining();
        segment.write(bytes);
        index.addBlock(segmentHeight, offset, end);
        segment.sync();
        last = block;
        index.publish(height(), lastHash());
    }

    /// Removes the bundles of blocks: of every segment whose blocks all lie below a height, but
    /// never of the last one. What stays of each is a file of its blocks' headers, written before
    /// the segment is removed (`JO-21`). On any thread, also while blocks are written, but on one
    /// at a time: what is durable is all that it touches, since a segment is synced before the next
    /// one begins.
    ///
    /// @param keepFromHeight the height of the first block that has to stay
    /// @param goesOn asked before each segment; false to stop there
    public void prune(long keepFromHeight, BooleanSupplier goesOn) throws IOException {
        for (long first : index.segmentsBelow(keepFromHeight)) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            Path blocks = JournalFolder.segment(folder, first);
            Path headers = JournalFolder.headers(folder, first);
            disk.replace(headers, out -> writeHeaders(blocks, first, out));
            index.prune(first, headers);
            disk.delete(blocks);
        }
    }

    /// Whether [#prune] would remove anything. On any thread.
    public boolean isPrunable(long keepFromHeight) {
        return !index.segmentsBelow(keepFromHeight).isEmpty();
    }

    /// The height of the first block that is kept with its bundles; 1 unless pruned.
    public long firstHeight() {
        return index.firstHeight();
    }

    /// The block of a height, if it is durable and was not pruned. On any thread, also while blocks
    /// are written (`JO-32`).
    public Optional<Block> findBlock(long height) throws IOException {
        return index.findBlock(height);
    }

    /// The header of the block of a height, if it is durable, pruned or not. On any thread, also
    /// while blocks are written (`JO-32`).
    public Optional<BlockHeader> findHeader(long height) throws IOException {
        return index.findHeader(height);
    }

    /// The headers of durable blocks one behind the other, 144 bytes each, pruned or not. On any
    /// thread.
    ///
    /// @param from the height of the first
    /// @param to that of the last, at most the last durable one
    public byte[] readHeaders(long from, long to) throws IOException {
        return index.readHeaders(from, to);
    }

    /// The hash of the genesis: what stands below the first block.
    public Hash genesisHash() {
        return genesisHash;
    }

    /// What may be copied now, while blocks are written: it is durable, and only [#prune] takes it
    /// away. On any thread.
    public StableJournal stable() {
        return index.stable(JournalFolder.genesis(folder), genesisBytes);
    }

    /// The height of the last block; 0 before the first.
    public long height() {
        return last == null ? 0 : last.height();
    }

    /// The height of the last durable block; 0 before the first. On any thread, also while blocks
    /// are made (`JO-32`).
    public long durableHeight() {
        return index.durableHeight();
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
        segmentHeight = first.height();
        Path file = JournalFolder.segment(folder, segmentHeight);
        SegmentHeader header =
                new SegmentHeader(
                        FileKind.BLOCKS, genesisHash, segmentHeight, first.previousHash());
        disk.replace(file, out -> out.write(header.encode()));
        return disk.append(file);
    }

    /// The headers of a segment, whose every byte is checked once more before it goes.
    private void writeHeaders(Path blocks, long first, OutputStream out) throws IOException {
        Hash below = first == 1 ? genesisHash : index.findHeader(first - 1).orElseThrow().hash();
        SegmentHeader beginning = new SegmentHeader(FileKind.BLOCKS, genesisHash, first, below);
        List<BlockHeader> headers = new ArrayList<>();
        try (SegmentReader reader = SegmentReader.open(blocks, beginning)) {
            while (reader.next() instanceof Found.Whole whole) {
                headers.add(whole.block().toHeader());
            }
        }
        long expected = index.lastHeightOf(first);
        if (headers.isEmpty() || headers.getLast().height() != expected) {
            throw new JournalException(blocks, 0, "lacks blocks up to " + expected);
        }
        HeadersFile.write(
                out, new SegmentHeader(FileKind.HEADERS, genesisHash, first, below), headers);
    }

    /// Blocks that are read here may have been written, but not synced, by a process that was
    /// killed or whose sync failed; after a failed sync another may succeed without having written
    /// them. So the last segment is written anew before anything is built on it.
    private void recover(Consumer<BlockHeader> told) throws IOException {
        JournalFolder listing = JournalFolder.list(folder);
        Found found;
        try (JournalReader reader = JournalReader.open(listing)) {
            if (!reader.genesisHash().equals(genesisHash)) {
                throw new JournalException(
                        JournalFolder.genesis(folder), 0, "is the genesis of another ledger");
            }
            found = read(listing, reader, told);
        }
        if (last == null && !listing.headers().isEmpty()) {
            throw new JournalException(
                    JournalFolder.segment(folder, listing.segments().firstKey()),
                    0,
                    "has no whole block, and those below are pruned");
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
            segmentHeight = kept.lastKey();
            Path file = JournalFolder.segment(folder, segmentHeight);
            long end =
                    empty.isEmpty() && found instanceof Found.Torn torn
                            ? torn.offset()
                            : Files.size(file);
            disk.replace(file, out -> copyStart(file, end, out));
            segment = disk.append(file);
            index.publish(height(), lastHash());
        }
    }

    private static void copyStart(Path file, long end, OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] part = new byte[1 << 16];
            long left = end;
            while (left > 0) {
                int read = in.readNBytes(part, 0, (int) Math.min(part.length, left));
                if (read == 0) {
                    throw new JournalException(file, end - left, "became shorter");
                }
                out.write(part, 0, read);
                left -= read;
            }
        }
    }

    /// Enters all that is there into the index, and says what is behind the last whole block.
    private Found read(JournalFolder listing, JournalReader reader, Consumer<BlockHeader> told)
            throws IOException {
        listing.headers().forEach(index::addHeaders);
        for (var header = reader.findNextHeader();
                header.isPresent();
                header = reader.findNextHeader()) {
            told.accept(header.get());
        }
        Found found = reader.next();
        while (found instanceof Found.Whole whole) {
            last = whole.block();
            if (listing.segments().containsKey(last.height())) {
                segmentHeight = last.height();
            }
            index.addBlock(segmentHeight, whole.offset(), whole.end());
            told.accept(last.toHeader());
            found = reader.next();
        }
        return found;
    }
}
