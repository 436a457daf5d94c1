package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mitoyen.consensus.Hash;
import mitoyen.consensus.journal.SegmentReader.Found;

/// The part of a journal that stays as it is while the journal goes on growing: these bytes, copied
/// under the same names, are a journal that ends at a height (`JO-33`).
///
/// @param files the files, the genesis first; each from its beginning to a length
/// @param firstHeight the height of the first block whose bundles are in it; 1 unless pruned
/// @param height the height of the last block in it; 0 if there is none
/// @param lastHash the hash of that block, or of the genesis
public record StableJournal(List<StableFile> files, long firstHeight, long height, Hash lastHash) {
    private static final int ATTEMPTS = 10;

    public StableJournal {
        files = List.copyOf(files);
    }

    /// Reads a journal that another process may be writing, and checks every byte of what is
    /// stable. It ends with the last whole block, which that process may not yet have acknowledged.
    ///
    /// @throws JournalException if a file is missing or damaged
    public static StableJournal read(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<JournalFolder> listing = Optional.empty();
            try {
                JournalFolder found = JournalFolder.list(folder);
                listing = Optional.of(found);
                return read(found);
            } catch (JournalException | NoSuchFileException wrong) {
                // Files come and go while they are listed and read; damage stays.
                if (attempt == ATTEMPTS || (listing.isPresent() && listing.equals(list(folder)))) {
                    throw wrong;
                }
            }
        }
    }

    private static Optional<JournalFolder> list(Path folder) throws IOException {
        try {
            return Optional.of(JournalFolder.list(folder));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static StableJournal read(JournalFolder listing) throws IOException {
        Path folder = listing.path();
        Map<Path, Long> lengths = new TreeMap<>();
        try (JournalReader reader = JournalReader.open(listing)) {
            while (reader.next() instanceof Found.Whole whole) {
                lengths.put(whole.file(), whole.end());
            }
            List<StableFile> files = new ArrayList<>();
            Path genesis = JournalFolder.genesis(folder);
            files.add(new StableFile(genesis, Files.size(genesis)));
            for (Path headers : listing.headers().values()) {
                files.add(new StableFile(headers, Files.size(headers)));
            }
            lengths.forEach((file, length) -> files.add(new StableFile(file, length)));
            return new StableJournal(
                    files, reader.firstHeight(), reader.height(), reader.lastHash());
        }
    }
}
