package mitoyen.consensus.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.consensus.disk.HeightName;

/// What lies in a journal's folder, by name: nothing else may lie there (`JO-5`, `JO-20`).
///
/// @param path the folder
/// @param hasGenesis whether the genesis has been written
/// @param headers the files of headers of removed blocks, by the height of their first
/// @param segments the segment files, by the height of their first block
/// @param leftovers what a crash left of a file that was being created, and headers of blocks that
///   are still there
record JournalFolder(
        Path path,
        boolean hasGenesis,
        SortedMap<Long, Path> headers,
        SortedMap<Long, Path> segments,
        List<Path> leftovers) {
    private static final String GENESIS = "genesis.cbor";

    private static final String BLOCKS = "blocks";
    private static final String HEADERS = "headers";
    private static final Pattern NAME = Pattern.compile("(blocks|headers)-(\\d{8,18})\\.journal");

    JournalFolder {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
        leftovers = List.copyOf(leftovers);
    }

    /// Lists a folder.
    ///
    /// @throws JournalException if something lies there that does not belong
    static JournalFolder list(Path path) throws IOException {
        boolean hasGenesis = false;
        SortedMap<Long, Path> headers = new TreeMap<>();
        SortedMap<Long, Path> segments = new TreeMap<>();
        List<Path> leftovers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                long first = firstHeight(name);
                boolean ofHeaders = name.startsWith(HEADERS);
                if (!attributes(file).isRegularFile()) {
                    throw new JournalException(file, 0, "is not a plain file");
                } else if (name.equals(GENESIS)) {
                    hasGenesis = true;
                } else if (first > 0) {
                    (ofHeaders ? headers : segments).put(first, file);
                } else if (isLeftover(name)) {
                    leftovers.add(file);
                } else {
                    throw new JournalException(file, 0, "is not a file of a ledger");
                }
            }
        }
        if (!hasGenesis && !(segments.isEmpty() && headers.isEmpty())) {
            throw new JournalException(genesis(path), 0, "is missing");
        }
        for (long first : segments.keySet()) {
            Path both = headers.remove(first);
            if (both != null) {
                leftovers.add(both);
            }
        }
        return new JournalFolder(path, hasGenesis, headers, segments, leftovers);
    }

    /// The file that holds the ledger's first bytes.
    static Path genesis(Path folder) {
        return folder.resolve(GENESIS);
    }

    /// The segment file that begins with the block of this height.
    static Path segment(Path folder, long firstHeight) {
        return folder.resolve(name(BLOCKS, firstHeight));
    }

    /// The file of the headers that begin with that of this height.
    static Path headers(Path folder, long firstHeight) {
        return folder.resolve(name(HEADERS, firstHeight));
    }

    private static String name(String what, long firstHeight) {
        return HeightName.of(what + "-", firstHeight, ".journal");
    }

    /// The height that a file's name tells, or 0 if it is not one as [#name] writes it.
    private static long firstHeight(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return 0;
        }
        long height = Long.parseLong(matcher.group(2));
        return name(matcher.group(1), height).equals(name) ? height : 0;
    }

    /// Of the entry itself, not of what a link leads to.
    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isLeftover(String name) {
        if (!name.startsWith(".") || !name.endsWith(".new")) {
            return false;
        }
        String target = name.substring(1, name.length() - ".new".length());
        return target.equals(GENESIS) || firstHeight(target) > 0;
    }
}
