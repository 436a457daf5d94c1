package mitoyen.node.readings;

import java.util.Comparator;

/// What a reading is of.
///
/// @param startMillis start of the interval [ms since 1970-01-01T00:00Z]
/// @param meter index of the meter
record Reading(long startMillis, int meter) implements Comparable<Reading> {
    private static final Comparator<Reading> ORDER =
            Comparator.comparingLong(Reading::startMillis).thenComparingInt(Reading::meter);

    @Override
    public int compareTo(Reading other) {
        return ORDER.compare(this, other);
    }
}
