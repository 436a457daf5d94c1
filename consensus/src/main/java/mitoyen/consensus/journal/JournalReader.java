package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.journal.SegmentReader.Found;
import org.jspecify.annotations.Nullable;

/// A journal read from its beginning, one block in memory at a time, every byte of it checked
/// (`JO-11`). It repairs nothing. Of a pruned journal it reads the headers of the removed blocks
/// first, and then the blocks that are left (`JO-22`).
///
/// Whether the ledger was cut short between two blocks, only someone who knows its height can say.
public final class JournalReader implements AutoCloseable {
    /// The most that a genesis may take [bytes] (`JO-4`).
    public static final int MAX_GENESIS_BYTES = 16 << 20;

    private final byte[] genesis;
    private final Hash genesisHash;
    private final long firstHeight;
    private final Iterator<Map.Entry<Long, Path>> headerFiles;
    private final Iterator<Map.Entry<Long, Path>> segments;
    private @Nullable HeadersFile headers;
    private @Nullable SegmentReader segment;
    private long height;
    private long timeMillis;
    private Hash lastHash;

    private JournalReader(JournalFolder listing, byte[] genesis) {
        this.genesis = genesis;
        this.genesisHash = Block.genesisHash(genesis);
        this.firstHeight = listing.segments().isEmpty() ? 1 : listing.segments().firstKey();
        this.headerFiles = listing.headers().entrySet().iterator();
        this.segments = listing.segments().entrySet().iterator();
        this.lastHash = genesisHash;
    }

    /// Opens the journal in a folder.
    ///
    /// @throws JournalException if a file is missing or does not belong there
    public static JournalReader open(Path folder) throws IOException {
        JournalFolder listing = JournalFolder.list(folder);
        if (!listing.leftovers().isEmpty()) {
            throw new JournalException(
                    listing.leftovers().getFirst(),
                    0,
                    "was left by a run that was stopped; run the same again to finish it");
        }
        return open(listing);
    }

    /// The first bytes of the ledger in a folder, for whoever is going to finish what a crash left
    /// there; empty before they were written.
    ///
    /// @throws JournalException if something lies there that does not belong
    public static Optional<byte[]> findGenesis(Path folder) throws IOException {
        JournalFolder listing = JournalFolder.list(folder);
        return listing.hasGenesis() ? Optional.of(readGenesis(folder)) : Optional.empty();
    }

    /// Opens what was listed, leftovers or not.
    static JournalReader open(JournalFolder listing) throws IOException {
        if (!listing.hasGenesis()) {
            throw new JournalException(JournalFolder.genesis(listing.path()), 0, "is missing");
        }
        if (listing.segments().isEmpty() && !listing.headers().isEmpty()) {
            throw new JournalException(
                    listing.path(), 0, "has headers of pruned blocks, but the blocks above miss");
        }
        return new JournalReader(listing, readGenesis(listing.path()));
    }

    /// The file that holds the first bytes of the ledger in a folder, if there is one.
    public static Path genesisFile(Path folder) {
        return JournalFolder.genesis(folder);
    }

    private static byte[] readGenesis(Path folder) throws IOException {
        Path file = JournalFolder.genesis(folder);
        if (Files.size(file) > MAX_GENESIS_BYTES) {
            throw new JournalException(file, MAX_GENESIS_BYTES, "is too long");
        }
        return Files.readAllBytes(file);
    }

    /// The ledger's first bytes, opaque; a copy.
    public byte[] genesis() {
        return genesis.clone();
    }

    /// The hash that stands below the first block.
    public Hash genesisHash() {
        return genesisHash;
    }

    /// The height of the first block that is kept; 1 unless the journal was pruned.
    public long firstHeight() {
        return firstHeight;
    }

    /// The next header of a block that was pruned; empty where the blocks begin that are kept, or
    /// when one of them was read.
    ///
    /// @throws JournalException naming the first thing that does not hold
    public Optional<BlockHeader> findNextHeader() throws IOException {
        while (headers != null || headerFiles.hasNext()) {
            if (headers == null) {
                Map.Entry<Long, Path> next = headerFiles.next();
                headers = HeadersFile.open(next.getValue(), beginning(next, FileKind.HEADERS));
            }
            Optional<BlockHeader> header = headers.findNext();
            if (header.isPresent()) {
                BlockHeader read = header.get();
                follow(read, read.hash(), headers.file(), headers.lastOffset());
                return header;
            }
            headers.close();
            headers = null;
        }
        return Optional.empty();
    }

    /// The next block that is kept, after what was left of the headers; empty after the last, when
    /// every byte of every file has been checked.
    ///
    /// @throws JournalException naming the first thing that does not hold
    public Optional<Block> findNext() throws IOException {
        return switch (next()) {
            case Found.Whole whole -> Optional.of(whole.block());
            case Found.Torn torn ->
                    throw new JournalException(torn.file(), torn.offset(), torn.wrong());
            case Found.End() -> Optional.empty();
        };
    }

    /// The height of the last block or header that was read; 0 before the first.
    public long height() {
        return height;
    }

    /// The hash of the last block whose header was read, or of the genesis.
    public Hash lastHash() {
        return lastHash;
    }

    @Override
    public void close() throws IOException {
        if (headers != null) {
            headers.close();
        }
        if (segment != null) {
            segment.close();
        }
    }

    /// The next block, or what a crash left in the place of one at the journal's very end.
    Found next() throws IOException {
        while (findNextHeader().isPresent()) {
            // Each is checked as it comes.
        }
        while (segment != null || segments.hasNext()) {
            if (segment == null) {
                Map.Entry<Long, Path> next = segments.next();
                segment = SegmentReader.open(next.getValue(), beginning(next, FileKind.BLOCKS));
            }
            switch (segment.next()) {
                case Found.Whole whole -> {
                    Block block = whole.block();
                    follow(block.toHeader(), block.hash(), whole.file(), whole.offset());
                    return whole;
                }
                case Found.Torn torn when segments.hasNext() ->
                        throw new JournalException(torn.file(), torn.offset(), torn.wrong());
                case Found.Torn torn -> {
                    return torn;
                }
                case Found.End() -> {
                    segment.close();
                    segment = null;
                }
            }
        }
        return new Found.End();
    }

    /// How the next file must begin.
    private SegmentHeader beginning(Map.Entry<Long, Path> next, FileKind kind)
            throws JournalException {
        if (next.getKey() != height + 1) {
            throw new JournalException(
                    next.getValue(),
                    0,
                    "should begin with block %d: the blocks between are missing"
                            .formatted(height + 1));
        }
        return new SegmentHeader(kind, genesisHash, height + 1, lastHash);
    }

    private void follow(BlockHeader header, Hash hash, Path file, long offset)
            throws JournalException {
        long next = header.height();
        if (next != height + 1) {
            throw new JournalException(
                    file, offset, "block %d follows block %d".formatted(next, height));
        }
        if (!header.previousHash().equals(lastHash)) {
            throw new JournalException(
                    file, offset, "block %d names another block below it".formatted(next));
        }
        if (height > 0 && header.timeMillis() <= timeMillis) {
            throw new JournalException(
                    file, offset, "the time of block %d does not rise".formatted(next));
        }
        height = next;
        timeMillis = header.timeMillis();
        lastHash = hash;
    }
}
