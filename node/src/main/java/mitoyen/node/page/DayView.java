package mitoyen.node.page;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the page of a settled day shows.
///
/// @param frame the page's frame
/// @param street all days, for the way to the next
/// @param day the day
/// @param curve its intervals
public record DayView(Frame frame, Street street, Street.Day day, DayCurve curve) {
    /// The length of an interval [min].
    public int stepMinutes() {
        return Math.toIntExact(curve.step().toMinutes());
    }

    /// A bar for each interval.
    public List<BarChart.Slot> slots() {
        return Pictures.intervals(curve.start(), curve.step(), street.zone(), curve.uses());
    }

    /// Where the energy came from and went.
    public List<FlowPicture.Flow> flows() {
        return Pictures.flowsOfStreet(day.total(), frame);
    }

    /// The settled day before, if there is one.
    public Optional<LocalDate> previous() {
        return street.days().reversed().stream()
                .map(Street.Day::date)
                .filter(date -> date.isBefore(day.date()))
                .findFirst();
    }

    /// The settled day after, if there is one.
    public Optional<LocalDate> next() {
        return street.days().stream()
                .map(Street.Day::date)
                .filter(date -> date.isAfter(day.date()))
                .findFirst();
    }
}
