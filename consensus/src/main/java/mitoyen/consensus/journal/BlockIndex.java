package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;

/// Where each block lies: 8 bytes of memory a block that is kept, none for one that was pruned.
///
/// The journal's writer enters blocks; any thread may look one up. It sees those that are durable,
/// and reads them from the files without holding anyone up (`JO-32`).
final class BlockIndex {
    private final NavigableMap<Long, Part> parts = new TreeMap<>();
    private final Path folder;
    private long durableHeight;
    private Hash durableHash;

    /// @param folder of the journal
    /// @param genesisHash what stands below the first block
    BlockIndex(Path folder, Hash genesisHash) {
        this.folder = folder;
        this.durableHash = genesisHash;
    }

    /// Enters a file of headers.
    synchronized void addHeaders(long firstHeight, Path file) {
        parts.put(firstHeight, new Headers(file));
    }

    /// Enters a block that was written to a segment.
    ///
    /// @param firstHeight the height of the segment's first block
    /// @param offset where the block's record begins in the file [bytes]
    /// @param end where it ends [bytes]
    synchronized void addBlock(long firstHeight, long offset, long end) {
        Part part =
                parts.computeIfAbsent(
                        firstHeight,
                        first -> new Segment(JournalFolder.segment(folder, first), offset));
        if (!(part instanceof Segment segment)) {
            throw new IllegalStateException("segment " + firstHeight + " has been pruned");
        }
        segment.add(end);
    }

    /// Lets the blocks up to a height be seen: they are durable.
    ///
    /// @param hash the hash of the block of this height
    synchronized void publish(long height, Hash hash) {
        durableHeight = height;
        durableHash = hash;
    }

    /// The height of the last durable block; 0 before the first.
    synchronized long durableHeight() {
        return durableHeight;
    }

    /// Puts headers in the place of a segment.
    synchronized void prune(long firstHeight, Path headers) {
        parts.put(firstHeight, new Headers(headers));
    }

    /// The heights of the first blocks of the segments that lie wholly below a height, lowest
    /// first. The last segment is never among them.
    synchronized List<Long> segmentsBelow(long height) {
        List<Long> below = new ArrayList<>();
        for (var entry : parts.entrySet()) {
            Long next = parts.higherKey(entry.getKey());
            if (entry.getValue() instanceof Segment && next != null && next <= height) {
                below.add(entry.getKey());
            }
        }
        return below;
    }

    /// The height of the last block of a segment that another follows.
    synchronized long lastHeightOf(long firstHeight) {
        return parts.higherKey(firstHeight) - 1;
    }

    /// The height of the first block that is kept, or would be the first: 1 unless pruned.
    synchronized long firstHeight() {
        for (var entry : parts.entrySet()) {
            if (entry.getValue() instanceof Segment) {
                return entry.getKey();
            }
        }
        return 1;
    }

    /// What of the journal is durable.
    ///
    /// @param genesis the file of the genesis, which comes first
    synchronized StableJournal stable(Path genesis, long genesisBytes) {
        List<StableFile> files = new ArrayList<>();
        files.add(new StableFile(genesis, genesisBytes));
        for (var entry : parts.headMap(durableHeight, true).entrySet()) {
            switch (entry.getValue()) {
                case Headers(Path file) -> {
                    long count = parts.higherKey(entry.getKey()) - entry.getKey();
                    files.add(new StableFile(file, HeadersFile.length(count)));
                }
                case Segment segment -> {
                    long count = Math.min(segment.count, durableHeight - entry.getKey() + 1);
                    files.add(new StableFile(segment.file, segment.ends[(int) count]));
                }
            }
        }
        return new StableJournal(files, firstHeight(), durableHeight, durableHash);
    }

    /// The durable block of a height; empty above the last, below the first kept and below 1.
    Optional<Block> findBlock(long height) throws IOException {
        while (true) {
            Optional<Place> place = locate(height);
            if (place.isEmpty() || place.get().pruned()) {
                return Optional.empty();
            }
            try {
                return Optional.of(readBlock(place.get(), height));
            } catch (NoSuchFileException gone) {
                rethrowUnlessPruned(height, gone);
            }
        }
    }

    /// The header of the durable block of a height, pruned or not; empty above the last and below
    /// 1.
    Optional<BlockHeader> findHeader(long height) throws IOException {
        Optional<Block> block = findBlock(height);
        if (block.isPresent()) {
            return block.map(Block::toHeader);
        }
        Optional<Place> place = locate(height);
        return place.isEmpty()
                ? Optional.empty()
                : Optional.of(HeadersFile.read(place.get().file, place.get().first, height));
    }

    /// The headers of durable blocks one behind the other, 144 bytes each, pruned or not; a file is
    /// opened once for many. Their chain is not looked at.
    ///
    /// @param from the height of the first
    /// @param to that of the last, at most the last durable one
    /// @throws JournalException if a file is shorter than it was
    byte[] readHeaders(long from, long to) throws IOException {
        int count = Math.toIntExact(to - from + 1);
        ByteBuffer headers = ByteBuffer.allocate(count * BlockHeader.BYTES);
        while (headers.hasRemaining()) {
            long next = from + headers.position() / BlockHeader.BYTES;
            Row row = locateRow(next, to);
            try {
                RandomAccess.readAll(row.file, row.offsets, BlockHeader.BYTES, headers);
            } catch (NoSuchFileException gone) {
                rethrowUnlessPruned(next, gone);
                headers.position(Math.toIntExact(next - from) * BlockHeader.BYTES);
            }
        }
        return headers.array();
    }

    private static Block readBlock(Place place, long height) throws IOException {
        Block block = SegmentReader.read(place.file, place.offset, place.end);
        if (block.height() != height) {
            throw new JournalException(place.file, place.offset, "holds another block");
        }
        return block;
    }

    /// Between looking up and reading, a segment may have gone the way of [#prune].
    private void rethrowUnlessPruned(long height, NoSuchFileException gone)
            throws NoSuchFileException {
        if (!locate(height).orElseThrow().pruned()) {
            throw gone;
        }
    }

    private synchronized Optional<Place> locate(long height) {
        if (height < 1 || height > durableHeight) {
            return Optional.empty();
        }
        var entry = parts.floorEntry(height);
        long first = entry.getKey();
        return Optional.of(
                switch (entry.getValue()) {
                    case Headers(Path file) -> new Place(file, first, 0, 0);
                    case Segment segment -> {
                        int at = Math.toIntExact(height - first);
                        yield new Place(
                                segment.file, first, segment.ends[at], segment.ends[at + 1]);
                    }
                });
    }

    /// The headers from one on that lie in the same file.
    private synchronized Row locateRow(long from, long to) {
        if (from < 1 || to > durableHeight) {
            throw new IllegalArgumentException("headers %d to %d".formatted(from, to));
        }
        var entry = parts.floorEntry(from);
        long first = entry.getKey();
        Long next = parts.higherKey(first);
        long last = next == null ? to : Math.min(to, next - 1);
        return switch (entry.getValue()) {
            case Headers(Path file) ->
                    new Row(
                            file,
                            LongStream.rangeClosed(from, last)
                                    .mapToObj(height -> HeadersFile.length(height - first))
                                    .toList());
            case Segment segment ->
                    new Row(
                            segment.file,
                            LongStream.rangeClosed(from, last)
                                    .mapToObj(height ->
                                            segment.ends[Math.toIntExact(height - first)]
                                                    + BlockRecord.HEAD_BYTES)
                                    .toList());
        };
    }

    /// Where headers lie in a file, in order.
    private record Row(Path file, List<Long> offsets) {
        Row {
            offsets = List.copyOf(offsets);
        }
    }

    /// Where a block lies; without an extent where only its header is left.
    private record Place(Path file, long first, long offset, long end) {
        boolean pruned() {
            return end == 0;
        }
    }

    private sealed interface Part {}

    private record Headers(Path file) implements Part {}

    /// The ends of a segment's records, after the end of its header.
    private static final class Segment implements Part {
        private final Path file;
        private long[] ends = new long[16];
        private int count;

        Segment(Path file, long firstOffset) {
            this.file = file;
            ends[0] = firstOffset;
        }

        void add(long end) {
            count++;
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count] = end;
        }
    }
}
