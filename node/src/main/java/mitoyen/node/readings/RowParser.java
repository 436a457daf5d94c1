package mitoyen.node.readings;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mitoyen.node.input.Fault;
import mitoyen.node.input.Mistake;
import mitoyen.node.input.MistakeLog;
import org.jspecify.annotations.Nullable;

/// Turns the fields of one readings file into rows: header, then an instant, a meter and energy a
/// line, checked as far as a row can be by itself.
final class RowParser extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final String file;
    private final MeterTable.Finder meters;
    private final boolean operatorSplit;
    private final long limitMWh;
    private final int maxKw;
    private final MistakeLog mistakes;
    private final RowSink sink;
    private final Starts starts = new Starts();
    private final Row row = new Row();
    private final List<String> header = new ArrayList<>();
    private final List<Mistake> wrong = new ArrayList<>();
    private final Set<String> unknownMeters = new TreeSet<>();
    private Column @Nullable [] order;
    private boolean isOfUnknownMeter;
    private boolean sawQuotes;
    private long rows;

    /// @param file the file as the user named it
    /// @param maxKw mean power above which a reading is a mistake [kW]
    /// @param stepMinutes the length of an interval [min]
    /// @param sink takes the rows that are right
    RowParser(
            String file,
            MeterTable meters,
            boolean operatorSplit,
            int maxKw,
            int stepMinutes,
            MistakeLog mistakes,
            RowSink sink) {
        this.file = file;
        this.meters = meters.finder();
        this.operatorSplit = operatorSplit;
        this.maxKw = maxKw;
        this.limitMWh = maxKw * 1_000_000L * stepMinutes / 60;
        this.mistakes = mistakes;
        this.sink = sink;
    }

    /// The line of the row at hand, or of the last one.
    int line() {
        return row.line;
    }

    /// How many rows came after the header, right or wrong.
    long rows() {
        return rows;
    }

    /// Whether there was a header, right or wrong.
    boolean sawHeader() {
        return !header.isEmpty();
    }

    /// Whether there was a header and it was right.
    boolean sawRightHeader() {
        return order != null;
    }

    /// Whether a field stood in quotation marks, which may hold ends of lines.
    boolean sawQuotes() {
        return sawQuotes;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        row.line = (int) startingLineNumber;
        isOfUnknownMeter = false;
    }

    @Override
    protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
        sawQuotes |= quoted;
        Column[] columns = order;
        if (columns == null) {
            header.add(new String(text, from, length));
        } else if (index < columns.length) {
            switch (columns[index]) {
                case START -> row.startMillis = start(text, from, length);
                case METER -> row.meter = meter(text, from, length);
                case CONSUMPTION -> row.consumption = energy(index, text, from, length);
                case PRODUCTION -> row.production = energy(index, text, from, length);
                case ALLOCATED -> row.allocated = energy(index, text, from, length);
                case SOLD -> row.sold = energy(index, text, from, length);
            }
        }
    }

    /// Hands the row on; anything but null ends the reading of the file.
    @Override
    protected @Nullable Boolean buildRecord() {
        if (getRecordType() == RecordType.EMPTY) {
            return null;
        }
        Column[] columns = order;
        if (columns == null) {
            Optional<List<Column>> found =
                    Column.order(file, row.line, header, operatorSplit, mistakes);
            order = found.map(list -> list.toArray(Column[]::new)).orElse(null);
            return found.isPresent() ? null : Boolean.TRUE;
        }
        rows++;
        if (getFieldCount() != columns.length) {
            wrong.clear();
            refuse(Fault.FIELD_COUNT, getFieldCount(), columns.length);
        } else if (isRight() && !sink.take(row)) {
            return Boolean.TRUE;
        }
        if (!wrong.isEmpty()) {
            wrong.forEach(mistakes::add);
            wrong.clear();
        }
        return null;
    }

    /// Whether the row may be handed on; a meter that is unknown is named once, on its first row.
    private boolean isRight() {
        return wrong.isEmpty() && !isOfUnknownMeter && !(operatorSplit && isSplitWrong());
    }

    private boolean isSplitWrong() {
        if (Math.max(0, row.allocated) > Math.max(0, row.consumption)) {
            refuse(Fault.ALLOCATED_ABOVE_CONSUMPTION);
        }
        if (Math.max(0, row.sold) > Math.max(0, row.production)) {
            refuse(Fault.SOLD_ABOVE_PRODUCTION);
        }
        return !wrong.isEmpty();
    }

    private long start(char[] text, int from, int length) {
        long millis = starts.millis(text, from, length);
        if (millis == Starts.NO_OFFSET) {
            refuse(Fault.START_WITHOUT_OFFSET, excerpt(text, from, length));
        } else if (millis == Starts.NOT_A_TIME) {
            refuse(Fault.START_NOT_A_TIME, excerpt(text, from, length));
        } else if (millis == Starts.OFF_GRID) {
            refuse(Fault.START_OFF_GRID, excerpt(text, from, length));
        }
        return millis;
    }

    private int meter(char[] text, int from, int length) {
        int index = meters.find(text, from, length);
        if (index < 0) {
            String id = excerpt(text, from, length);
            isOfUnknownMeter = true;
            if (unknownMeters.add(id)) {
                refuse(id.isEmpty() ? Fault.NO_METER : Fault.UNKNOWN_METER, id);
            }
        }
        return index;
    }

    private long energy(int index, char[] text, int from, int length) {
        long mWh = Numbers.mWh(text, from, length);
        if (mWh < Row.EMPTY || mWh > limitMWh) {
            refuseEnergy(titleOf(index), mWh, excerpt(text, from, length));
        }
        return mWh;
    }

    private String titleOf(int index) {
        Column[] columns = order;
        return columns == null ? "" : columns[index].title();
    }

    private void refuseEnergy(String title, long code, String text) {
        if (code == Numbers.NEGATIVE) {
            refuse(Fault.NEGATIVE, title, text);
        } else if (code == Numbers.TOO_PRECISE) {
            refuse(Fault.TOO_PRECISE, title, text);
        } else if (code == Numbers.NOT_A_NUMBER) {
            refuse(Fault.NOT_A_NUMBER, title, text);
        } else {
            refuse(Fault.TOO_MUCH_POWER, title, maxKw, text);
        }
    }

    private void refuse(Fault fault, Object... values) {
        wrong.add(new Mistake(file, row.line, fault, values));
    }

    private static String excerpt(char[] text, int from, int length) {
        return RowText.excerpt(new String(text, from, length));
    }
}
