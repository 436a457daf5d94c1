package mitoyen.node.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import mitoyen.ledger.quantity.Share;

/// What a running neighbourhood does now and did since local midnight.
///
/// @param frame the page's frame
/// @param zone whose clock is shown
/// @param height of the ledger, which rises when a day is settled
/// @param today the intervals of the current local day, the current one last
public record LiveView(Frame frame, ZoneId zone, long height, List<LiveFeed.Interval> today) {
    public LiveView {
        today = List.copyOf(today);
    }

    /// The view of the latest interval; none before the first.
    public static Optional<LiveView> of(Frame frame, Street street, LiveFeed.View feed) {
        ZoneId zone = street.zone();
        long height = street.anchor().height();
        return feed.latest()
                .map(latest -> new LiveView(frame, zone, height, sameDay(latest, zone, feed)));
    }

    /// The time at which the latest interval ended, by the local clock.
    public String clock() {
        return Pictures.clock(now().start().plus(now().length()), zone);
    }

    /// What all did in the latest interval.
    public Use use() {
        return now().total();
    }

    /// The part of what is used that the street makes [millionths].
    public long share() {
        return Share.ratioMillionths(use().allocated(), use().consumption());
    }

    /// Mean power over the interval in words.
    public LongFunction<String> power() {
        int minutes = Math.toIntExact(now().length().toMinutes());
        return mWh -> frame.figures().power(mWh, minutes);
    }

    /// Where the energy comes from and goes.
    public List<FlowPicture.Flow> flows() {
        return Pictures.flowsOfStreet(use(), frame);
    }

    /// A bar for each interval of the day; those to come are empty.
    public List<BarChart.Slot> slots() {
        SortedMap<Instant, Use> known = new TreeMap<>();
        today.forEach(interval -> known.put(interval.start(), interval.total()));
        LocalDate day = dayOf(now().start(), zone);
        Instant midnight = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        long count = Duration.between(midnight, end).dividedBy(now().length());
        List<Use> uses =
                LongStream.range(0, count)
                        .mapToObj(i -> midnight.plus(now().length().multipliedBy(i)))
                        .map(start -> known.getOrDefault(start, Use.NONE))
                        .toList();
        return Pictures.intervals(midnight, now().length(), zone, uses);
    }

    /// A row for each interval that has been.
    public List<BarChart.Slot> rows() {
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
