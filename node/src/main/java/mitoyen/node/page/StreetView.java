package mitoyen.node.page;

import java.util.List;
import java.util.Optional;
import mitoyen.ledger.quantity.Share;

/// What the street's page shows: one billing period, or all of them.
///
/// @param frame the page's frame
/// @param street the days of the chosen period
/// @param periods all there are
/// @param period the chosen one; empty: all
/// @param live what is happening now, where the neighbourhood runs
public record StreetView(
        Frame frame,
        Street street,
        List<String> periods,
        Optional<String> period,
        Optional<LiveView> live) {
    public StreetView {
        periods = List.copyOf(periods);
    }

    /// The view of the period that was asked for; of the latest if none was.
    ///
    /// @param wanted the name of a period, `all`, or nothing
    public static StreetView of(
            Frame frame, Street street, Optional<String> wanted, Optional<LiveView> live) {
        List<String> periods = street.listPeriods();
        if (periods.isEmpty() || wanted.equals(Optional.of("all"))) {
            return new StreetView(frame, street, periods, Optional.empty(), live);
        }
        String period = wanted.filter(periods::contains).orElse(periods.getLast());
        return new StreetView(frame, street.during(period), periods, Optional.of(period), live);
    }

    /// The name of the period.
    public String title() {
        return period.map(frame.figures()::period).orElseGet(() -> frame.text("periods.all"));
    }

    /// The part of a link that keeps the choice of the period.
    public String query() {
        return "?period=" + period.orElse("all");
    }

    /// The period before, if there is one.
    public Optional<String> previous() {
        return beside(-1);
    }

    /// The period after, if there is one.
    public Optional<String> next() {
        return beside(1);
    }

    /// The part of what was used that the street made [millionths].
    public long sufficiency() {
        Use use = street.total();
        return Share.ratioMillionths(use.allocated(), use.consumption());
    }

    /// The part of what was made that the street used [millionths].
    public long selfConsumption() {
        Use use = street.total();
        return Share.ratioMillionths(use.allocated(), use.production());
    }

    /// Where the energy came from and went.
    public List<FlowPicture.Flow> flows() {
        return Pictures.flowsOfStreet(street.total(), frame);
    }

    /// A bar for each day.
    public List<BarChart.Slot> slots() {
        return Pictures.days(street, frame);
    }

    private Optional<String> beside(int distance) {
        return period.map(periods::indexOf)
                .map(at -> at + distance)
                .filter(at -> at >= 0 && at < periods.size())
                .map(periods::get);
    }
}
