package mitoyen.simulator.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.page.LiveFeed;
import mitoyen.node.page.PageServer;
import mitoyen.node.settlement.SettlementReport;

/// Settles a simulated street's last week, then lets it live on its page: an interval at a time,
/// and each finished day a block.
final class Demo {
    private static final int DAYS_BEFORE = 7;
    // The night before the first sunrise is told at once: nobody comes to see a dark street.
    private static final LocalTime FIRST_SHOWN = LocalTime.of(6, 0);
    private static final long MILLIS_A_SECOND = 1_000;

    private final SimulatedStreet street;
    private final int intervalsPerSecond;
    private final PrintWriter out;
    private final LiveFeed feed = new LiveFeed();

    Demo(SimulatedStreet street, int intervalsPerSecond, PrintWriter out) {
        this.street = street;
        this.intervalsPerSecond = intervalsPerSecond;
        this.out = out;
    }

    /// Runs until it is asked to stop.
    ///
    /// @param today the first day that is lived; those before are settled first
    /// @param port of the page, or 0 for any free one
    void run(LocalDate today, int port, CountDownLatch stop)
            throws IOException, InputMistakes, Refused {
        say("A simulated street in Lyon: a school, five homes with panels, five without.");
        say("Nobody in it exists. Settling its last " + DAYS_BEFORE + " days ...");
        SettlementReport week = street.settle(today.minusDays(DAYS_BEFORE), DAYS_BEFORE);
        say("Settled: block " + week.anchor().height() + ".");
        try (PageServer page = PageServer.simulate(street.settled(), new RealDisk(), feed, port)) {
            say("The page: " + page.address() + "   It updates by itself; Ctrl-C ends it.");
            LocalDate day = today;
            while (live(day, day.equals(today), stop)) {
                SettlementReport settled = street.settle(day, 1);
                page.refresh();
                say(day + " is over and settled: block " + settled.anchor().height() + ".");
                day = day.plusDays(1);
            }
        }
        say("Ended.");
    }

    /// Lives a day.
    ///
    /// @return whether it came to its end before the request to stop
    private boolean live(LocalDate day, boolean first, CountDownLatch stop) {
        for (LiveFeed.Interval interval : street.intervals(day)) {
            feed.publish(interval);
            boolean shown =
                    !first
                            || !interval.start()
                                    .atZone(SimulatedStreet.ZONE)
                                    .toLocalTime()
                                    .isBefore(FIRST_SHOWN);
            if (shown && isAskedWithin(pause(), stop)) {
                return false;
            }
        }
        return true;
    }

    private Duration pause() {
        return Duration.ofMillis(MILLIS_A_SECOND / intervalsPerSecond);
    }

    private static boolean isAskedWithin(Duration pause, CountDownLatch stop) {
        try {
            return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
