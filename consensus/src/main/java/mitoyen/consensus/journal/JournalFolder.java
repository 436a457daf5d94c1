package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What lies in a journal's folder, by name: nothing else may lie there (`JO-5`).
///
/// @param path the folder
/// @param hasGenesis whether the genesis has been written
/// @param segments the segment files, by the height of their first block
/// @param leftovers what a crash left of a file that was being created
record JournalFolder(
        Path path, boolean hasGenesis, SortedMap<Long, Path> segments, List<Path> leftovers) {
    private static final String GENESIS = "genesis.cbor";

    private static final Pattern SEGMENT = Pattern.compile("blocks-(\\d{8,18})\\.journal");

    JournalFolder {
        segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
        leftovers = List.copyOf(leftovers);
    }

    /// Lists a folder.
    ///
    /// @throws JournalException if something lies there that does not belong
    static JournalFolder list(Path path) throws IOException {
        boolean hasGenesis = false;
        SortedMap<Long, Path> segments = new TreeMap<>();
        List<Path> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                long first = firstHeight(name);
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new JournalException(file, 0, "is not a plain file");
                } else if (name.equals(GENESIS)) {
                    hasGenesis = true;
                } else if (first > 0) {
                    segments.put(first, file);
                } else if (isLeftover(name)) {
                    leftovers.add(file);
                } else {
                    throw new JournalException(file, 0, "is not a file of a ledger");
                }
            }
        }
        if (!hasGenesis && !segments.isEmpty()) {
            throw new JournalException(genesis(path), 0, "is missing");
        }
        return new JournalFolder(path, hasGenesis, segments, leftovers);
    }

    /// The file that holds the ledger's first bytes.
    static Path genesis(Path folder) {
        return folder.resolve(GENESIS);
    }

    /// The segment file that begins with the block of this height.
    static Path segment(Path folder, long firstHeight) {
        return folder.resolve(segmentName(firstHeight));
    }

    /// In ASCII digits, whatever digits the machine's language has.
    private static String segmentName(long firstHeight) {
        return String.format(Locale.ROOT, "blocks-%08d.journal", firstHeight);
    }

    /// The height that a segment's name tells, or 0 if it is not one as [#segmentName] writes it.
    private static long firstHeight(String name) {
        Matcher matcher = SEGMENT.matcher(name);
        if (!matcher.matches()) {
            return 0;
        }
        long height = Long.parseLong(matcher.group(1));
        return segmentName(height).equals(name) ? height : 0;
    }

    private static boolean isLeftover(String name) {
        if (!name.startsWith(".") || !name.endsWith(".new")) {
            return false;
        }
        String target = name.substring(1, name.length() - ".new".length());
        return target.equals(GENESIS) || firstHeight(target) > 0;
    }
}
