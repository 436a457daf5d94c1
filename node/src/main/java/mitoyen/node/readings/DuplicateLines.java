package mitoyen.node.readings;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;

/// Finds the lines of readings that came twice, by reading the files once more: lines are not kept,
/// since nobody asks for them unless something is wrong.
final class DuplicateLines {
    private final ReadingsScan scan;
    private final int maxKw;
    private final LocalDays localDays;

    DuplicateLines(ReadingsScan scan, int maxKw, LocalDays localDays) {
        this.scan = scan;
        this.maxKw = maxKw;
        this.localDays = localDays;
    }

    /// Notes the lines of each second reading.
    void find(List<Path> files, SortedSet<Reading> duplicates, MistakeLog mistakes) {
        SortedMap<Reading, Place> firsts = new TreeMap<>();
        MistakeLog alreadyNoted = new MistakeLog();
        for (Path path : files) {
            String file = path.toString();
            scan.scan(
                    path,
                    maxKw,
                    alreadyNoted,
                    Progress.NONE,
                    row -> {
                        Reading reading = new Reading(row.startMillis, row.meter);
                        if (duplicates.contains(reading)) {
                            Place here = new Place(file, row.line, row.startMillis);
                            Place first = firsts.putIfAbsent(reading, here);
                            if (first != null) {
                                note(reading, first, here, mistakes);
                            }
                        }
                        return true;
                    });
        }
    }

    private void note(Reading reading, Place first, Place second, MistakeLog mistakes) {
        mistakes.add(
                second.file(),
                second.line(),
                Fault.SECOND_READING,
                scan.meters().id(reading.meter()),
                localDays.format(reading.startMillis()),
                first.file(),
                first.line());
    }
}
