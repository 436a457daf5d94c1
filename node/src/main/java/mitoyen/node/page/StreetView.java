package mitoyen.node.page;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import mitoyen.ledger.quantity.Share;

/// What the street's page shows: one billing period, or all of them.
///
/// @param frame the page's frame
/// @param street the days of the chosen period
/// @param periods all there are
/// @param period the chosen one; empty: all
/// @param live what is happening now, where the neighbourhood runs
record StreetView(
        Frame frame,
        Street street,
        SortedSet<String> periods,
        Optional<String> period,
        Optional<LiveView> live) {
    /// The view of the period that was asked for; of the latest if none was.
    ///
    /// @param wanted the name of a period, `all`, or nothing
    static StreetView of(
            Frame frame, Street street, Optional<String> wanted, Optional<LiveView> live) {
        SortedSet<String> periods = street.listPeriods();
        if (periods.isEmpty() || wanted.equals(Optional.of("all"))) {
            return new StreetView(frame, street, periods, Optional.empty(), live);
        }
        String period = wanted.filter(periods::contains).orElse(periods.getLast());
        return new StreetView(frame, street.during(period), periods, Optional.of(period), live);
    }

    String title() {
        return period.map(frame.figures()::period).orElseGet(() -> frame.text("periods.all"));
    }

    /// The part of a link that keeps the choice of the period.
    String query() {
        return "?period=" + period.orElse("all");
    }

    Optional<String> previous() {
        return period.map(periods::headSet)
                .filter(before -> !before.isEmpty())
                .map(SortedSet::getLast);
    }

    Optional<String> next() {
        return period.map(periods::tailSet).filter(from -> from.size() > 1).map(from -> from.stream().skip(1).findFirst().orElseThrow());
    }

    long sufficiency() {
        Use use = street.total();
        return Share.ratioMillionths(use.allocated(), use.consumption());
    }

    long selfConsumption() {
        Use use = street.total();
        return Share.ratioMillionths(use.allocated(), use.production());
    }

    List<FlowPicture.Flow> flows() {
        return Pictures.flowsOfStreet(street.total(), frame);
    }

    List<BarChart.Slot> slots() {
        return Pictures.days(street, frame);
    }
}
