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
record DayView(Frame frame, Street street, Street.Day day, DayCurve curve) {
    int stepMinutes() {
        return Math.toIntExact(curve.step().toMinutes());
    }

    List<BarChart.Slot> slots() {
        return Pictures.intervals(curve.start(), curve.step(), street.zone(), curve.uses());
    }

    List<FlowPicture.Flow> flows() {
        return Pictures.flowsOfStreet(day.total(), frame);
    }

    Optional<LocalDate> previous() {
        return street.days().reversed().stream()
                .map(Street.Day::date)
                .filter(date -> date.isBefore(day.date()))
                .findFirst();
    }

    Optional<LocalDate> next() {
        return street.days().stream()
                .map(Street.Day::date)
                .filter(date -> date.isAfter(day.date()))
                .findFirst();
    }
}
