package mitoyen.node.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The pictures of the pages, in the words of their readers.
final class Pictures {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final Duration MARK_EVERY = Duration.ofHours(3);

    private Pictures() {}

    /// Where a street's energy came from and where it went.
    ///
    /// Surplus first: so ordered, no band crosses another.
    static List<FlowPicture.Flow> flowsOfStreet(Use use, Frame frame) {
        String roofs = frame.text("flow.roofs");
        String homes = frame.text("flow.homes");
        return List.of(
                new FlowPicture.Flow(
                        roofs,
                        frame.text("flow.elsewhere"),
                        "surplus",
                        frame.text("flow.surplus"),
                        use.surplus()),
                new FlowPicture.Flow(roofs, homes, "own", frame.text("flow.own"), use.own()),
                new FlowPicture.Flow(
                        roofs, homes, "shared", frame.text("flow.shared"), use.bought()),
                new FlowPicture.Flow(
                        frame.text("flow.suppliers"),
                        homes,
                        "grid",
                        frame.text("flow.complement"),
                        use.complement()));
    }

    /// A bar for each settled day; the first of each week named below.
    static List<BarChart.Slot> days(Street street, Frame frame) {
        List<BarChart.Slot> slots = new ArrayList<>();
        int every = Math.max(1, Math.ceilDiv(street.days().size(), 8));
        for (int i = 0; i < street.days().size(); i++) {
            Street.Day day = street.days().get(i);
            String mark = i % every == 0 ? frame.figures().shortDate(day.date()) : "";
            slots.add(
                    new BarChart.Slot(
                            frame.figures().longDate(day.date()),
                            mark,
                            "/days/" + day.date(),
                            day.total()));
        }
        return slots;
    }

    /// A bar for each interval, named by the local clock.
    ///
    /// @param start of the first interval
    /// @param uses one for each interval
    static List<BarChart.Slot> intervals(
            Instant start, Duration length, ZoneId zone, List<Use> uses) {
        return IntStream.range(0, uses.size())
                .mapToObj(i -> interval(start.plus(length.multipliedBy(i)), zone, uses.get(i)))
                .toList();
    }

    static String clock(Instant instant, ZoneId zone) {
        return CLOCK.format(instant.atZone(zone));
    }

    private static BarChart.Slot interval(Instant start, ZoneId zone, Use use) {
        ZonedDateTime local = start.atZone(zone);
        boolean marked = local.toLocalTime().toSecondOfDay() % MARK_EVERY.toSeconds() == 0;
        String name = CLOCK.format(local);
        return new BarChart.Slot(name, marked ? name : "", "", use);
    }
}
