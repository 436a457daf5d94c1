package mitoyen.node.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Shows lines of a file that someone dropped, whatever is in it: a line is cut at 160 characters,
/// and what cannot be printed is replaced.
final class Excerpts {
    private static final int SHOWN = 160;

    private Excerpts() {}

    /// The wanted lines that the file has, by number from 1.
    ///
    /// @throws IOException if it cannot be read, or is not the compressed file that it says it is
    static SortedMap<Integer, String> read(Path file, SortedSet<Integer> wanted)
            throws IOException {
        SortedMap<Integer, String> lines = new TreeMap<>();
        if (wanted.isEmpty()) {
            return lines;
        }
        try (Reader reader = open(file)) {
            StringBuilder line = new StringBuilder();
            int number = 1;
            for (int c = reader.read(); number <= wanted.last(); c = reader.read()) {
                if (c == '\n' || c < 0) {
                    if (wanted.contains(number) && (c >= 0 || !line.isEmpty())) {
                        lines.put(number, line.toString());
                    }
                    line.setLength(0);
                    number++;
                    if (c < 0) {
                        break;
                    }
                } else if (c != '\r') {
                    append(line, (char) c);
                }
            }
        }
        return lines;
    }

    private static void append(StringBuilder line, char c) {
        if (line.length() < SHOWN) {
            line.append(Character.isISOControl(c) && c != '\t' ? '\uFFFD' : c);
        } else if (line.length() == SHOWN) {
            line.append('…');
        }
    }

    @SuppressWarnings("MustBeClosedChecker")
    private static Reader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            boolean compressed = file.toString().endsWith(".gz");
            return new BufferedReader(
                    new InputStreamReader(
                            compressed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            in.close();
            throw unreadable;
        }
    }
}
