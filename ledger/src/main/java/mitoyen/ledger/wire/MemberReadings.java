package mitoyen.ledger.wire;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.energy.DayAllocation;
import mitoyen.ledger.energy.DayReadings;
import mitoyen.ledger.energy.Roster;

/// The leaf of one member's readings, read back (LE-84).
///
/// @param community whose member he is
/// @param day the local day
/// @param pseudonym the account that stands for him
/// @param readings of his own meters alone, in the order of the roster
public record MemberReadings(
        String community, LocalDate day, AccountId pseudonym, DayReadings readings) {
    private static final int DEPTH = 4;
    private static final int LONGEST_ID = 64;

    /// The readings that a leaf's content is.
    ///
    /// @throws CborException if it is not the content of a leaf of readings
    public static MemberReadings decode(ByteString content) throws CborException {
        byte[] bytes = content.toBytes();
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        LocalDate day = Fields.day(reader.key("day"));
        int kindStart = reader.key("kind").offset();
        if (!reader.text(LONGEST_ID).equals(DayKind.READINGS.word())) {
            throw new CborException(kindStart, "not a leaf of readings");
        }
        DayReadings readings = readMeters(reader.key("meters"), bytes.length);
        String community = reader.key("community").text(LONGEST_ID);
        AccountId pseudonym = Fields.account(reader.key("pseudonym"));
        reader.endMap();
        reader.end();
        return new MemberReadings(community, day, pseudonym, readings);
    }

    /// The readings of a whole roster, from those of its members.
    ///
    /// @param byMember the leaves of every member with a meter in the roster
    /// @throws IllegalArgumentException if a member is missing or has other meters or intervals
    ///   than the others or the roster say: leaves under one root never do
    public static DayReadings join(Roster roster, SortedMap<Integer, MemberReadings> byMember) {
        var places = DayLeaves.placesByMember(roster);
        if (byMember.size() != places.size()) {
            throw new IllegalArgumentException("leaves of others than the roster's members");
        }
        List<DayReadings> parts = byMember.values().stream().map(MemberReadings::readings).toList();
        int intervals = parts.isEmpty() ? 0 : parts.getFirst().intervals();
        boolean split = !parts.isEmpty() && parts.getFirst().operatorSplit().isPresent();
        Columns columns = new Columns(intervals, roster.meterCount(), split);
        places.forEach((member, own) -> columns.spread(leafOf(member, byMember), own));
        return columns.toReadings();
    }

    private static DayReadings leafOf(int member, SortedMap<Integer, MemberReadings> byMember) {
        MemberReadings leaf = byMember.get(member);
        if (leaf == null) {
            throw new IllegalArgumentException("member " + member + " has a meter and no leaf");
        }
        return leaf.readings;
    }

    private static DayReadings readMeters(CborReader reader, int limit) throws CborException {
        int start = reader.offset();
        int meters = reader.beginArray(limit);
        if (meters == 0) {
            throw new CborException(start, "no meter");
        }
        List<DayReadings> columns = new ArrayList<>();
        for (int meter = 0; meter < meters; meter++) {
            start = reader.offset();
            DayReadings column = readMeter(reader, limit);
            if (meter > 0 && !alike(columns.getFirst(), column)) {
                throw new CborException(start, "a meter with other intervals than the first");
            }
            columns.add(column);
        }
        reader.endArray();
        DayReadings first = columns.getFirst();
        Columns all = new Columns(first.intervals(), meters, first.operatorSplit().isPresent());
        for (int meter = 0; meter < meters; meter++) {
            all.spread(columns.get(meter), List.of(meter));
        }
        return all.toReadings();
    }

    private static DayReadings readMeter(CborReader reader, int limit) throws CborException {
        int start = reader.offset();
        reader.beginMap();
        Optional<DayAllocation> split = Optional.empty();
        if (reader.optionalKey("sold")) {
            long[] sold = readSeries(reader, limit);
            long[] allocated = readSeries(reader.key("allocated"), limit);
            if (sold.length != allocated.length) {
                throw new CborException(start, "series of different lengths");
            }
            split = Optional.of(new DayAllocation(allocated, sold));
        }
        long[] production = readSeries(reader.key("production"), limit);
        long[] consumption = readSeries(reader.key("consumption"), limit);
        reader.endMap();
        int intervals = production.length;
        if (consumption.length != intervals
                || split.map(each -> each.sold().length != intervals).orElse(false)) {
            throw new CborException(start, "series of different lengths");
        }
        return new DayReadings(intervals, 1, consumption, production, split);
    }

    private static long[] readSeries(CborReader reader, int limit) throws CborException {
        long[] values = new long[reader.beginArray(limit)];
        for (int i = 0; i < values.length; i++) {
            values[i] = reader.unsigned(Long.MAX_VALUE);
        }
        reader.endArray();
        return values;
    }

    private static boolean alike(DayReadings one, DayReadings other) {
        return one.intervals() == other.intervals()
                && one.operatorSplit().isPresent() == other.operatorSplit().isPresent();
    }

    /// Interval-major arrays that are filled meter by meter.
    private static final class Columns {
        private final int intervals;
        private final int meters;
        private final boolean split;
        private final long[] consumption;
        private final long[] production;
        private final long[] allocated;
        private final long[] sold;

        private Columns(int intervals, int meters, boolean split) {
            int size = Math.multiplyExact(intervals, meters);
            this.intervals = intervals;
            this.meters = meters;
            this.split = split;
            this.consumption = new long[size];
            this.production = new long[size];
            this.allocated = new long[split ? size : 0];
            this.sold = new long[split ? size : 0];
        }

        /// Puts the meters of some readings into their places among all.
        private void spread(DayReadings part, List<Integer> places) {
            if (part.meters() != places.size()
                    || part.intervals() != intervals
                    || part.operatorSplit().isPresent() != split) {
                throw new IllegalArgumentException("a leaf of another shape than its roster");
            }
            spread(part.consumption(), consumption, places);
            spread(part.production(), production, places);
            part.operatorSplit()
                    .ifPresent(given -> {
                        spread(given.allocated(), allocated, places);
                        spread(given.sold(), sold, places);
                    });
        }

        private void spread(long[] part, long[] whole, List<Integer> places) {
            for (int column = 0; column < places.size(); column++) {
                int place = places.get(column);
                for (int interval = 0; interval < intervals; interval++) {
                    whole[interval * meters + place] = part[interval * places.size() + column];
                }
            }
        }

        private DayReadings toReadings() {
            return new DayReadings(
                    intervals,
                    meters,
                    consumption,
                    production,
                    split ? Optional.of(new DayAllocation(allocated, sold)) : Optional.empty());
        }
    }
}
