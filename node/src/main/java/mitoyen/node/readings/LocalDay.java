package mitoyen.node.readings;

import java.time.LocalDate;

/// A local day in elapsed time: 23, 24 or 25 hours of it, or what a partial import holds of it.
///
/// @param date the local date
/// @param startMillis its first instant [ms since 1970-01-01T00:00Z]
/// @param endMillis the first instant after it [ms since 1970-01-01T00:00Z]
/// @param intervals how many intervals it has; the last one may be short where a zone shifts by
///   less than a step
public record LocalDay(LocalDate date, long startMillis, long endMillis, int intervals) {
    /// Whether an instant falls into it.
    boolean contains(long millis) {
        return startMillis <= millis && millis < endMillis;
    }
}
