package mitoyen.simulator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.page.LiveFeed;
import mitoyen.node.page.PageServer;
import mitoyen.node.page.Use;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running neighbourhood's page: it follows by itself, and waits when told to.
class LiveBrowserTest {
    private static final Instant NOON = Instant.parse("2025-11-01T11:00:00Z");

    @Test
    void theNeighbourhoodUpdatesThePageByItself(@TempDir Path folder) throws Exception {
        ExampleFolder.settle(folder);
        LiveFeed feed = new LiveFeed();
        feed.publish(interval(0, 1_000_000));
        try (Chromium chromium = new Chromium();
                PageServer server = PageServer.simulate(folder, new RealDisk(), feed, 0);
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            page.navigate(server.address().toString());
            assertThat(page.locator(".simulated")).containsText("Simulated");
            assertThat(page.locator(".now-line")).containsText("2.00 kW");
            feed.publish(interval(1, 1_500_000));
            assertThat(page.locator(".now-line")).containsText("3.00 kW");
            assertThat(page.locator("#live time")).hasText("13:00");

            page.locator("#pause").click();
            feed.publish(interval(2, 250_000));
            page.waitForTimeout(700);
            assertThat(page.locator(".now-line")).containsText("3.00 kW");
            page.locator("#pause").click();
            assertThat(page.locator(".now-line")).containsText("0.50 kW");

            Locator table = page.locator("section:has(#days) .twin");
            table.locator("summary").click();
            settleRevisedDay(folder);
            server.refresh();
            feed.publish(interval(3, 250_000));
            assertThat(page.locator(".hero h1")).containsText("1,425 kWh");
            assertThat(table.locator("tbody")).isVisible();
            assertThat(table.locator("summary")).isFocused();
            assertThat(Chromium.obstacles(page)).isEmpty();
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void aPageWhoseNeighbourhoodHasGoneSaysSo(@TempDir Path folder) throws Exception {
        ExampleFolder.settle(folder);
        LiveFeed feed = new LiveFeed();
        feed.publish(interval(0, 1_000_000));
        try (Chromium chromium = new Chromium();
                Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            try (PageServer server = PageServer.simulate(folder, new RealDisk(), feed, 0)) {
                page.navigate(server.address().toString());
                feed.publish(interval(1, 1_500_000));
                assertThat(page.locator(".now-line")).containsText("3,00");
                assertThat(page.locator("#lost")).isHidden();
            }
            assertThat(page.locator("#lost")).containsText("La connexion est perdue");
            assertThat(page.locator("#lost")).isVisible();
        }
    }

    /// The grid operator's second delivery for one day.
    private static void settleRevisedDay(Path folder) throws Exception {
        Path revised = ExampleFolder.FILES.resolve("revised/readings-2025-10-21.csv");
        Settlement.run(
                new SettlementRequest(
                        ExampleFolder.COMMUNITY, List.of(revised), folder, false, false, true, 250),
                new RealDisk(),
                new SecureRandom(),
                Progress.NONE);
    }

    private static LiveFeed.Interval interval(int index, long shared) {
        return new LiveFeed.Interval(
                NOON.plusSeconds(1800L * index),
                Duration.ofMinutes(30),
                List.of(
                        new LiveFeed.MemberInterval(
                                "alice", new Use(2_000_000, 1_800_000, shared, shared, 200_000))));
    }
}
