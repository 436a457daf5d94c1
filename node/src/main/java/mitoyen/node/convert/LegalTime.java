package mitoyen.node.convert;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Instants of a wall clock that changes: an hour that comes twice is told apart by the order of
/// the rows.
final class LegalTime {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private final ZoneId zone;
    private final Set<String> seen = new HashSet<>();

    LegalTime(ZoneId zone) {
        this.zone = zone;
    }

    /// Whether meters of this kind can have been read then: in the years 2000 to 2099.
    static boolean isPlausible(Instant instant) {
        return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
    }

    /// The instant of a local time, or nothing where clocks skip it or no meter was read.
    ///
    /// @param series whose rows are in order of time, such as a meter's
    Optional<Instant> instant(String series, LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            return Optional.empty();
        }
        boolean first = offsets.size() == 1 || seen.add(series + ' ' + local);
        return Optional.of(local.toInstant(first ? offsets.getFirst() : offsets.getLast()))
                .filter(LegalTime::isPlausible);
    }
}
