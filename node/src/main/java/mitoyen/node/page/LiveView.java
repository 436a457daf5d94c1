package mitoyen.node.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import mitoyen.ledger.quantity.Share;

/// What a running neighbourhood does now and did since local midnight.
///
/// @param frame the page's frame
/// @param zone whose clock is shown
/// @param today the intervals of the current local day, the current one last
record LiveView(Frame frame, ZoneId zone, List<LiveFeed.Interval> today) {
    LiveView {
        today = List.copyOf(today);
    }

    /// The view of the latest interval; none before the first.
    static Optional<LiveView> of(Frame frame, ZoneId zone, LiveFeed.View feed) {
        return feed.latest().map(latest -> new LiveView(frame, zone, sameDay(latest, zone, feed)));
    }

    String clock() {
        return Pictures.clock(now().start().plus(now().length()), zone);
    }

    Use use() {
        return now().total();
    }

    long share() {
        return Share.ratioMillionths(use().allocated(), use().consumption());
    }

    /// Mean power over the interval in words.
    LongFunction<String> power() {
        int minutes = Math.toIntExact(now().length().toMinutes());
        return mWh -> frame.figures().power(mWh, minutes);
    }

    List<FlowPicture.Flow> flows() {
        return Pictures.flowsOfStreet(use(), frame);
    }

    List<BarChart.Slot> slots() {
        return Pictures.intervals(
                today.getFirst().start(),
                now().length(),
                zone,
                today.stream().map(LiveFeed.Interval::total).toList());
    }

    private LiveFeed.Interval now() {
        return today.getLast();
    }

    private static List<LiveFeed.Interval> sameDay(
            LiveFeed.Interval latest, ZoneId zone, LiveFeed.View feed) {
        LocalDate day = dayOf(latest.start(), zone);
        return feed.recent().stream()
                .filter(interval -> dayOf(interval.start(), zone).equals(day))
                .toList();
    }

    private static LocalDate dayOf(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone);
    }
}
