package mitoyen.simulator.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Debian's Chromium, driven by Playwright, with everything noted that a page must not do.
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /// How long anything is waited for: on a machine that is ten times as busy a page takes
    /// minutes.
    private static final int PATIENCE_MILLIS = 300_000;

    private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    Chromium() {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException(
                    PROGRAM + " is missing: apt-get install chromium, or run ./mitoyen test");
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        this.playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(PROGRAM)
                                        .setTimeout(PATIENCE_MILLIS)
                                        .setArgs(
                                                List.of(
                                                        "--headless",
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-quic",
                                                        "--no-first-run",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync")));
    }

    /// How a reader looks at a page.
    ///
    /// @param language of his browser
    /// @param dark whether he prefers dark colours
    /// @param width of his screen, in pixels
    record Reader(String language, boolean dark, int width) {}

    /// A new page of a reader who has never been here.
    Page open(Reader reader) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(reader.language())
                                .setColorScheme(
                                        reader.dark() ? ColorScheme.DARK : ColorScheme.LIGHT)
                                .setReducedMotion(ReducedMotion.REDUCE)
                                .setViewportSize(reader.width(), 900));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add("console: " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("script: " + error));
        page.onRequest(request -> {
            String host = URI.create(request.url()).getHost();
            if (host != null && !OWN_HOSTS.contains(host)) {
                complaints.add("outside: " + request.url());
            }
        });
        return page;
    }

    /// Console errors, script errors and requests to other hosts since the last call.
    List<String> takeComplaints() {
        List<String> taken = List.copyOf(complaints);
        complaints.clear();
        return taken;
    }

    /// What stands in the way of someone who sees, hears or moves otherwise (WCAG 2.2 A and AA).
    static List<String> obstacles(Page page) {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(Chromium::describe)
                        .toList();
    }

    private static String describe(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().getFirst().getHtml();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
