package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;

/// A journal that begins in the middle (`JO-40`): the headers of all blocks below one in a file,
/// then that block. It looks like one that was pruned, and is opened as such.
///
/// It is made in a folder of its own, which is a journal once this was [finished][#finish]; of no
/// use before. One thread.
public final class BegunJournal implements AutoCloseable {
    private final Disk disk;
    private final Path folder;
    private final Hash genesisHash;
    private final Optional<Disk.Replacement> headers;
    private long height;
    private long timeMillis = Long.MIN_VALUE;
    private Hash lastHash;

    private BegunJournal(
            Disk disk, Path folder, Hash genesisHash, Optional<Disk.Replacement> headers) {
        this.disk = disk;
        this.folder = folder;
        this.genesisHash = genesisHash;
        this.headers = headers;
        this.lastHash = genesisHash;
    }

    /// Begins one.
    ///
    /// @param folder made if it is not there; nothing is in it
    /// @param firstHeight the height of the first block that it will have, at least 1
    public static BegunJournal begin(Disk disk, Path folder, byte[] genesis, long firstHeight)
            throws IOException {
        disk.createDirectories(folder);
        disk.replace(JournalFolder.genesis(folder), out -> out.write(genesis));
        Hash genesisHash = Block.genesisHash(genesis);
        if (firstHeight == 1) {
            return new BegunJournal(disk, folder, genesisHash, Optional.empty());
        }
        Disk.Replacement headers = disk.replacement(JournalFolder.headers(folder, 1));
        headers.out()
                .write(new SegmentHeader(FileKind.HEADERS, genesisHash, 1, genesisHash).encode());
        return new BegunJournal(disk, folder, genesisHash, Optional.of(headers));
    }

    /// Adds the next header.
    ///
    /// @throws IllegalArgumentException if it does not follow the last one; nothing happens then
    public void add(BlockHeader header) throws IOException {
        follow(header);
        headers.orElseThrow().out().write(HeadersFile.record(header));
    }

    /// Ends with the first block that is there whole: a journal when this returns.
    ///
    /// @throws IllegalArgumentException if it does not follow the last header
    public void finish(Block first) throws IOException {
        Hash below = lastHash;
        follow(first.toHeader());
        SegmentHeader beginning =
                new SegmentHeader(FileKind.BLOCKS, genesisHash, first.height(), below);
        if (headers.isPresent()) {
            headers.get().commit();
        }
        disk.replace(
                JournalFolder.segment(folder, first.height()),
                out -> {
                    out.write(beginning.encode());
                    out.write(BlockRecord.encode(first).array());
                });
    }

    /// The block that a record's payload holds (`JO-7`), as somebody else sent it.
    ///
    /// @throws IllegalArgumentException with what is wrong, if it holds anything else than a block
    public static Block decode(byte[] payload) {
        return BlockRecord.decode(payload);
    }

    /// The payload of a block's record (`JO-7`).
    public static byte[] encode(Block block) {
        byte[] record = BlockRecord.encode(block).array();
        return Arrays.copyOfRange(record, BlockRecord.HEAD_BYTES, record.length);
    }

    /// Drops what was not finished.
    @Override
    public void close() throws IOException {
        if (headers.isPresent()) {
            headers.get().close();
        }
    }

    private void follow(BlockHeader header) {
        boolean follows =
                header.height() == height + 1
                        && header.previousHash().equals(lastHash)
                        && header.timeMillis() > timeMillis;
        if (!follows) {
            throw new IllegalArgumentException(
                    "block %d does not follow block %d".formatted(header.height(), height));
        }
        height = header.height();
        timeMillis = header.timeMillis();
        lastHash = header.hash();
    }
}
