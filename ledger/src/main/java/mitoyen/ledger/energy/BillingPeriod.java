package mitoyen.ledger.energy;

import java.time.LocalDate;

/// How long a bill runs, in the community's local calendar.
public enum BillingPeriod {
    /// A calendar month, such as `2025-10`.
    MONTH,
    /// A calendar day, such as `2025-10-25`.
    DAY;

    /// The name of the period that a day falls into: it sorts as time does.
    public String of(LocalDate day) {
        String date = day.toString();
        return switch (this) {
            case MONTH -> date.substring(0, date.length() - 3);
            case DAY -> date;
        };
    }
}
