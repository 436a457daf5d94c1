package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.Optional;

/// The days on which a meter is a member's.
///
/// @param meter the meter's id
/// @param from the first local day; empty: since ever
/// @param to the last local day, included; empty: until further notice
public record Tenure(String meter, Optional<LocalDate> from, Optional<LocalDate> to) {
    /// Whether the meter is the member's on a day.
    public boolean covers(LocalDate day) {
        return from.map(first -> !day.isBefore(first)).orElse(true)
                && to.map(last -> !day.isAfter(last)).orElse(true);
    }
}
