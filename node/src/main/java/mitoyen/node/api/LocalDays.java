package mitoyen.node.api;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.energy.LocalDayTable;

/// When the local days of a zone begin, as this machine's tables say today: pinned in a genesis, so
/// that no machine's tables are asked again (LE-154).
final class LocalDays {
    /// As far as anyone plans: what laws change until then comes with other rules.
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

    private LocalDays() {}

    static LocalDayTable table(String zone) {
        ZoneRules rules = ZoneId.of(zone).getRules();
        List<LocalDayTable.Change> changes = new ArrayList<>();
        Instant at = Instant.EPOCH;
        for (ZoneOffsetTransition next = rules.nextTransition(at);
                next != null && next.getInstant().isBefore(END);
                next = rules.nextTransition(at)) {
            at = next.getInstant();
            changes.add(
                    new LocalDayTable.Change(
                            at.toEpochMilli(), next.getOffsetAfter().getTotalSeconds()));
        }
        int offset = rules.getOffset(Instant.EPOCH).getTotalSeconds();
        return new LocalDayTable(zone, offset, changes);
    }
}
