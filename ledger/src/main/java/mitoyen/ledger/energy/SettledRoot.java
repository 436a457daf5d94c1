package mitoyen.ledger.energy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which of a day's two roots settlers agree or disagree on, in the order in which they do.
public enum SettledRoot {
    /// That over the readings.
    READINGS,
    /// That over the allocations, and with it all else that the settlement says.
    ALLOCATIONS;

    /// The one with a name.
    public static Optional<SettledRoot> find(String name) {
        return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst();
    }

    /// The name in transactions.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
