package mitoyen.node.settlers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;

/// The values in a leaf of either kind (LE-80), read back to be compared with another's.
///
/// @param meters of each, by the name of a quantity, its values in order [mWh]
record LeafValues(List<SortedMap<String, List<Long>>> meters) {
    /// More than the values of a day of a member with some meters.
    static final int MOST_DIFFERENCES = 10_000;

    private static final int DEPTH = 4;
    private static final int LONGEST_TEXT = 64;

    LeafValues {
        meters = List.copyOf(meters);
    }

    /// The values of a leaf.
    ///
    /// @throws CborException if the bytes are no leaf
    static LeafValues decode(ByteString leaf) throws CborException {
        byte[] bytes = leaf.toBytes();
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        reader.key("day").text(LONGEST_TEXT);
        reader.key("kind").text(LONGEST_TEXT);
        int count = reader.key("meters").beginArray(bytes.length);
        List<SortedMap<String, List<Long>>> meters = new ArrayList<>();
        for (int meter = 0; meter < count; meter++) {
            meters.add(readMeter(reader, bytes.length));
        }
        reader.endArray();
        reader.key("community").text(LONGEST_TEXT);
        reader.key("pseudonym").bytes(LONGEST_TEXT);
        reader.endMap();
        reader.end();
        return new LeafValues(meters);
    }

    /// What differs between two leaves, by meter, quantity and interval: the first
    /// [#MOST_DIFFERENCES] of it, since the other one may be of any length.
    ///
    /// @param here the values of one
    /// @param there those of the other
    static List<Difference> compare(LeafValues here, LeafValues there) {
        List<Difference> differences = new ArrayList<>();
        int meters = Math.max(here.meters.size(), there.meters.size());
        for (int meter = 0; meter < meters; meter++) {
            SortedSet<String> quantities = new TreeSet<>(here.of(meter).keySet());
            quantities.addAll(there.of(meter).keySet());
            for (String quantity : quantities) {
                List<Long> ours = here.of(meter).getOrDefault(quantity, List.of());
                List<Long> theirs = there.of(meter).getOrDefault(quantity, List.of());
                for (int at = 0; at < Math.max(ours.size(), theirs.size()); at++) {
                    Difference each =
                            new Difference(meter, quantity, at, at(ours, at), at(theirs, at));
                    if (!each.here.equals(each.there)) {
                        differences.add(each);
                    }
                    if (differences.size() == MOST_DIFFERENCES) {
                        return differences;
                    }
                }
            }
        }
        return differences;
    }

    /// A value that differs.
    ///
    /// @param meter among the member's, from 0
    /// @param interval of the day, from 0
    /// @param here the value of one [mWh]; empty where it has none
    /// @param there that of the other [mWh]
    record Difference(
            int meter, String quantity, int interval, OptionalLong here, OptionalLong there) {}

    private SortedMap<String, List<Long>> of(int meter) {
        return meter < meters.size() ? meters.get(meter) : new TreeMap<>();
    }

    private static OptionalLong at(List<Long> values, int index) {
        return index < values.size() ? OptionalLong.of(values.get(index)) : OptionalLong.empty();
    }

    private static SortedMap<String, List<Long>> readMeter(CborReader reader, int limit)
            throws CborException {
        SortedMap<String, List<Long>> series = new TreeMap<>();
        int count = reader.beginMap();
        for (int i = 0; i < count; i++) {
            String quantity = reader.nextKey();
            List<Long> values = new ArrayList<>();
            int length = reader.beginArray(limit);
            for (int at = 0; at < length; at++) {
                values.add(reader.unsigned(Long.MAX_VALUE));
            }
            reader.endArray();
            series.put(quantity, List.copyOf(values));
        }
        reader.endMap();
        return series;
    }
}
