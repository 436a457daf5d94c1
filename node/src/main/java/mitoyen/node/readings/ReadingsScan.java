package mitoyen.node.readings;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedSet;
import mitoyen.ledger.energy.SharingKey;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.energy.Terms;
import mitoyen.node.community.Community;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.MistakeLog;
import org.jspecify.annotations.Nullable;

/// Readings files as a stream of rows, without keeping any: what an import does first, and the
/// yardstick that it is measured by.
public final class ReadingsScan {
    private final boolean operatorSplit;
    private final int stepMinutes;
    private final MeterTable meters;

    /// Takes a row.
    @FunctionalInterface
    public interface Rows {
        /// Takes a row whose cells are right.
        ///
        /// @param startMillis start of the interval [ms since 1970-01-01T00:00Z]
        /// @param meter index of the meter among the distinct meters of the community
        /// @param consumption [mWh], or -1 for an empty cell
        /// @param production [mWh], or -1 for an empty cell
        void take(long startMillis, int meter, long consumption, long production);
    }

    /// A scan of the readings of a community.
    public ReadingsScan(Community community) {
        this(community.terms());
    }

    ReadingsScan(Terms terms) {
        this.operatorSplit = terms.key() instanceof SharingKey.FromOperator;
        this.stepMinutes = terms.stepMinutes();
        SequencedSet<String> ids = new LinkedHashSet<>();
        terms.members()
                .forEach(member -> member.meters().stream().map(Tenure::meter).forEach(ids::add));
        this.meters = new MeterTable(List.copyOf(ids));
    }

    /// Hands over every row of the files.
    ///
    /// @param maxKw mean power above which a reading is a mistake [kW]
    /// @return how many rows there were
    /// @throws InputMistakes if a file or a row is wrong
    public long rows(List<Path> files, int maxKw, Rows rows) throws InputMistakes {
        MistakeLog mistakes = new MistakeLog();
        long count = 0;
        for (Path file : files) {
            RowSink sink =
                    row -> {
                        rows.take(row.startMillis, row.meter, row.consumption, row.production);
                        return true;
                    };
            count += scan(file, maxKw, mistakes, Progress.NONE, sink);
        }
        mistakes.throwIfAny();
        return count;
    }

    /// Only splits the files into fields.
    ///
    /// @return how many characters the fields have
    /// @throws InputMistakes if a file cannot be read
    public static long fields(List<Path> files) throws InputMistakes {
        MistakeLog mistakes = new MistakeLog();
        FieldCounter counter = new FieldCounter();
        for (Path file : files) {
            new CsvFile(file, mistakes, Progress.NONE).read(counter, ',', () -> 0);
        }
        mistakes.throwIfAny();
        return counter.characters;
    }

    /// The meters by index.
    MeterTable meters() {
        return meters;
    }

    /// Whether the operator's split stands in the files.
    boolean operatorSplit() {
        return operatorSplit;
    }

    /// Hands over the rows of a part of a file, as long as there is nothing to say about any.
    ///
    /// @param progress hears of this part alone
    /// @return how many rows there were; empty where something is wrong, or a quotation mark makes
    ///   it uncertain where a line ends: only reading the whole file in order can tell what and
    ///   where
    OptionalLong scan(FilePart part, int maxKw, Progress progress, RowSink sink) {
        MistakeLog mistakes = new MistakeLog();
        String file = part.file().toString();
        RowSink whileRight = row -> mistakes.isEmpty() && sink.take(row);
        RowParser parser =
                new RowParser(
                        file, meters, operatorSplit, maxKw, stepMinutes, mistakes, whileRight);
        boolean whole = new CsvFile(part, mistakes, progress).read(parser, ',', parser::line);
        boolean right = whole && parser.rows() > 0 && !parser.sawQuotes() && mistakes.isEmpty();
        return right ? OptionalLong.of(parser.rows()) : OptionalLong.empty();
    }

    /// Hands over the rows of one file and notes what is wrong.
    ///
    /// @return how many rows there were, right or wrong
    long scan(Path path, int maxKw, MistakeLog mistakes, Progress progress, RowSink sink) {
        String file = path.toString();
        RowParser parser =
                new RowParser(file, meters, operatorSplit, maxKw, stepMinutes, mistakes, sink);
        if (!new CsvFile(path, mistakes, progress).read(parser, ',', parser::line)) {
            return parser.rows();
        }
        if (!parser.sawHeader()) {
            mistakes.add(file, 0, Fault.EMPTY_FILE);
        } else if (parser.rows() == 0 && parser.sawRightHeader()) {
            mistakes.add(file, 0, Fault.NO_READINGS);
        }
        return parser.rows();
    }

    private static final class FieldCounter extends AbstractBaseCsvCallbackHandler<Boolean> {
        private long characters;

        @Override
        protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
            characters += length;
        }

        @Override
        protected @Nullable Boolean buildRecord() {
            return null;
        }
    }
}
