package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;

/// When local days begin: the offsets of a time zone from UTC, pinned in the ledger, so that no
/// machine's own table is ever asked (LE-154). Laws change: a day after the last one known here is
/// reckoned with the last offset, and other rules are activated when they do.
///
/// @param zone the name of the zone, such as `Europe/Paris`; for people only
/// @param offsetSeconds local time less UTC before the first change [s]
/// @param changes by rising instant
public record LocalDayTable(String zone, int offsetSeconds, List<Change> changes) {
    /// The most changes: two a year for as long as anyone plans.
    public static final int MOST_CHANGES = 1_024;

    private static final int LONGEST_ZONE = 64;
    private static final int MAX_OFFSET_SECONDS = 18 * 3_600;
    private static final long SECOND_MILLIS = 1_000;
    private static final long DAY_MILLIS = 86_400_000;

    public LocalDayTable {
        changes = List.copyOf(changes);
    }

    /// Local time changes.
    ///
    /// @param millis from when on [ms since 1970]
    /// @param offsetSeconds local time less UTC from then on [s]
    public record Change(long millis, int offsetSeconds) {}

    /// The first instant whose local date is a day [ms since 1970]. It is local midnight, or the
    /// moment at which clocks are put forward over it.
    public long start(LocalDate day) {
        long midnight = Math.multiplyExact(day.toEpochDay(), DAY_MILLIS);
        long from = Long.MIN_VALUE;
        long offset = offsetSeconds * SECOND_MILLIS;
        for (Change change : changes) {
            if (midnight - offset < change.millis()) {
                break;
            }
            from = change.millis();
            offset = change.offsetSeconds() * SECOND_MILLIS;
        }
        return Math.max(from, midnight - offset);
    }

    /// Whether a span lies in a day and is not empty.
    ///
    /// @param startMillis [ms since 1970]
    /// @param endMillis excluded [ms since 1970]
    boolean holds(LocalDate day, long startMillis, long endMillis) {
        return startMillis >= start(day)
                && startMillis < endMillis
                && endMillis <= start(day.plusDays(1));
    }

    /// Writes the one encoding.
    public void write(CborWriter writer) {
        writer.map(3);
        writer.key("zone").text(zone);
        writer.key("offset").integer(offsetSeconds);
        writer.key("changes").array(changes.size());
        changes.forEach(
                change -> writer.array(2).integer(change.millis()).integer(change.offsetSeconds()));
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws CborException if it is no table
    public static LocalDayTable read(CborReader reader) throws CborException {
        reader.beginMap();
        String zone = reader.key("zone").text(LONGEST_ZONE);
        int offset = readOffset(reader.key("offset"));
        int count = reader.key("changes").beginArray(MOST_CHANGES);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(readChange(reader, changes));
        }
        reader.endArray();
        reader.endMap();
        return new LocalDayTable(zone, offset, changes);
    }

    private static Change readChange(CborReader reader, List<Change> before) throws CborException {
        int start = reader.offset();
        reader.beginArray(2);
        long millis = reader.unsigned(Long.MAX_VALUE);
        if (!before.isEmpty() && before.getLast().millis() >= millis) {
            throw new CborException(start, "changes out of order");
        }
        int offset = readOffset(reader);
        reader.endArray();
        return new Change(millis, offset);
    }

    private static int readOffset(CborReader reader) throws CborException {
        int start = reader.offset();
        long offset = reader.integer();
        if (Math.abs(offset) > MAX_OFFSET_SECONDS || offset == Long.MIN_VALUE) {
            throw new CborException(start, "an offset of more than 18 hours");
        }
        return (int) offset;
    }
}
