package mitoyen.node.readings;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.energy.DayReadings;

/// One local day of an import.
///
/// @param readings what the meters of the roster measured
/// @param missing how many readings of the roster's meters are missing and count as 0
/// @param outside how many readings belong to meters that are not in the roster
/// @param unplaced those meters
public record ImportedDay(
        DayReadings readings, int missing, int outside, SortedSet<String> unplaced) {
    public ImportedDay {
        unplaced = Collections.unmodifiableSortedSet(new TreeSet<>(unplaced));
    }
}
