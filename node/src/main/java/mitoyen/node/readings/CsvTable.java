package mitoyen.node.readings;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;
import org.jspecify.annotations.Nullable;

/// A CSV file of modest size as lines of text: what others export, before it becomes readings.
public final class CsvTable {
    private CsvTable() {}

    /// A line that is not blank.
    ///
    /// @param number its number in the file, from 1
    /// @param cells its fields
    public record Line(int number, List<String> cells) {
        public Line {
            cells = List.copyOf(cells);
        }

        /// The field at a place, without the space around it; empty beyond the last.
        public String cell(int index) {
            return index < cells.size() ? cells.get(index).strip() : "";
        }
    }

    /// The lines of a file, plain or compressed, in UTF-8.
    ///
    /// @param separator what stands between fields
    /// @param mistakes receives what makes the file unreadable; the lines before it are handed out
    public static List<Line> read(Path file, char separator, MistakeLog mistakes) {
        Lines lines = new Lines();
        boolean whole =
                new CsvFile(file, mistakes, Progress.NONE).read(lines, separator, lines::number);
        if (whole && lines.found.isEmpty()) {
            mistakes.add(file.toString(), 0, Fault.EMPTY_FILE);
        }
        return lines.found;
    }

    private static final class Lines extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final List<Line> found = new ArrayList<>();
        private final List<String> cells = new ArrayList<>();
        private int number;

        int number() {
            return number;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            number = (int) startingLineNumber;
            cells.clear();
        }

        @Override
        protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
            cells.add(new String(text, from, length));
        }

        @Override
        protected @Nullable Boolean buildRecord() {
            if (getRecordType() != RecordType.EMPTY) {
                found.add(new Line(number, cells));
            }
            return null;
        }
    }
}
