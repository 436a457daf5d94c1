package mitoyen.simulator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.page.PageServer;
import mitoyen.simulator.browser.Chromium.Reader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A settled folder's page: what it says, for whom, and what the check in the browser accepts.
class PageBrowserTest {
    private static final List<String> PATHS =
            List.of(
                    "",
                    "members",
                    "members/alice",
                    "days/2025-10-26",
                    "blocks",
                    "blocks/2",
                    "import",
                    "statements/alice/2025-10",
                    "no/such/page");

    private static Chromium chromium;
    private static PageServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        chromium = new Chromium();
        ExampleFolder.settle(folder);
        ExampleFolder.correct(folder);
        server = PageServer.serve(folder, new RealDisk(), 0);
    }

    @AfterAll
    static void stop() throws IOException {
        chromium.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void everyPageIsForEveryone(Reader reader) {
        try (Page page = chromium.open(reader)) {
            for (String path : PATHS) {
                page.navigate(server.address() + path);
                page.locator("details").all().forEach(PageBrowserTest::unfold);
                assertThat(Chromium.obstacles(page)).as(path).isEmpty();
                assertThat(sidewaysPixels(page)).as("sideways on " + path).isZero();
                boolean missing = path.startsWith("no/");
                assertThat(chromium.takeComplaints())
                        .as(path)
                        .hasSize(missing ? 1 : 0)
                        .allMatch(complaint -> complaint.contains("404"));
            }
        }
    }

    @Test
    void aReaderReadsHisOwnLanguageAndMaySwitch() {
        try (Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address().toString());
            assertThat(page.locator("h1")).containsText("La rue a partagé");
            assertThat(page.locator("html")).hasAttribute("lang", "fr");
            page.getByText("English").click();
            assertThat(page.locator("h1")).containsText("The street shared");
            page.locator("nav").getByText("Members").click();
            assertThat(page.locator("h1")).hasText("Members");
        }
    }

    @Test
    void aBarOfTheChartLeadsToItsDay() {
        try (Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address().toString());
            Locator bar = page.locator("svg.wide-only a[href='/days/2025-10-26'] .reach");
            bar.click();
            assertThat(page.locator("h1")).containsText("imanche 26\u00a0octobre 2025\u00a0:");
        }
    }

    @Test
    void theFlowPicturesBandsAddUpToItsEnds() {
        try (Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            page.navigate(server.address().toString());
            double height = sumOfHeights(page, "rect.end[x='0']");
            assertThat(sumOfHeights(page, "rect.end:not([x='0'])")).isCloseTo(height, offset(0.3));
        }
    }

    @ParameterizedTest
    @CsvSource({"alice,fr-FR", "alice,en-GB", "karim,fr-FR", "karim,en-GB"})
    void aStatementOfManyLinesAndOneOfFewFitOnOnePage(String member, String language) {
        try (Page page = chromium.open(new Reader(language, false, 900))) {
            page.navigate(server.address() + "statements/" + member + "/2025-10");
            assertThat(page.locator(".replaced")).containsText("33");
            byte[] pdf = page.pdf(new Page.PdfOptions().setFormat("A4").setPreferCSSPageSize(true));
            String objects = new String(pdf, StandardCharsets.ISO_8859_1);
            assertThat(Pattern.compile("/Type\\s*/Page\\b").matcher(objects).results()).hasSize(1);
        }
    }

    @Test
    void theCheckAcceptsTheTrueRootAndRefusesAChangedOne() {
        try (Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            page.navigate(server.address() + "members/alice");
            String root = page.locator("#check-root").inputValue();
            assertThat(verdict(page, root)).isEqualTo("true");
            page.locator("#check-result .twin > summary").click();
            assertThat(page.locator("#check-result tbody tr").first()).isVisible();
            assertThat(verdict(page, changed(root))).isEqualTo("false");
            assertThat(verdict(page, "not a root")).isEqualTo("false");
            assertThat(chromium.takeComplaints()).isEmpty();
        }
    }

    @Test
    void theCheckAcceptsTheRootThatAStatementPrints() {
        try (Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.navigate(server.address() + "statements/alice/2025-10");
            String printed = page.locator("footer code").last().innerText();
            String root = printed.substring(printed.length() - 64);
            page.navigate(server.address() + "members/alice");
            assertThat(verdict(page, root)).isEqualTo("true");
        }
    }

    /// Its transactions have several steps where those of version 1 have one.
    @Test
    void theCheckAcceptsTheRootOfALedgerThatANodeFounded(@TempDir Path founded) throws Exception {
        ExampleFolder.found(founded);
        ExampleFolder.settle(founded);
        try (PageServer other = PageServer.serve(founded, new RealDisk(), 0);
                Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            page.navigate(other.address() + "members/alice");
            String root = page.locator("#check-root").inputValue();
            assertThat(verdict(page, root)).isEqualTo("true");
            assertThat(verdict(page, changed(root))).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void theCheckRefusesWhatTheServerForged(String field) {
        try (Page page = chromium.open(new Reader("en-GB", false, 1200))) {
            page.route("**/proof?*", route -> forge(route, field));
            page.navigate(server.address() + "members/alice");
            String root = page.locator("#check-root").inputValue();
            assertThat(verdict(page, root)).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @CsvSource({"404, n’a pas ce jour", "500, Le coffre ne peut pas rendre", "0, ne répond pas"})
    void whatCannotBeCheckedIsNotCalledWrong(int status, String sentence) {
        try (Page page = chromium.open(new Reader("fr-FR", false, 1200))) {
            page.route("**/proof?*", route -> answer(route, status));
            page.navigate(server.address() + "members/alice");
            String root = page.locator("#check-root").inputValue();
            assertThat(verdict(page, root)).isEqualTo("false");
            assertThat(page.locator("#check-result"))
                    .containsText("La vérification n’a pas pu se faire");
            assertThat(page.locator("#check-result")).containsText(sentence);
            chromium.takeComplaints();
        }
    }

    static Stream<Reader> readers() {
        return Stream.of(
                new Reader("en-GB", false, 1200),
                new Reader("fr-FR", true, 1200),
                new Reader("fr-FR", false, 390),
                new Reader("en-GB", true, 390));
    }

    static Stream<String> forgeries() {
        return Stream.of("leaf", "salt", "dayRoot", "entry", "ledgerRoot");
    }

    private static void forge(Route route, String field) {
        String body = new String(route.fetch().body(), StandardCharsets.UTF_8);
        int at = body.indexOf("\"" + field + "\":");
        int digit = body.indexOf('"', at + field.length() + 3) + 40;
        char forged = body.charAt(digit) == '0' ? '1' : '0';
        String changed = body.substring(0, digit) + forged + body.substring(digit + 1);
        route.fulfill(new Route.FulfillOptions().setBody(changed));
    }

    /// @param status of HTTP; 0: nobody answers
    private static void answer(Route route, int status) {
        if (status == 0) {
            route.abort();
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(status));
        }
    }

    private static String verdict(Page page, String root) {
        page.locator("#check-result").evaluate("element => element.replaceChildren()");
        page.locator("#check-root").fill(root);
        page.locator(".check button").click();
        Locator verdict = page.locator("#check-result .verdict");
        verdict.waitFor();
        return String.valueOf(verdict.getAttribute("data-holds"));
    }

    private static String changed(String root) {
        return (root.charAt(0) == '0' ? '1' : '0') + root.substring(1);
    }

    private static void unfold(Locator details) {
        details.evaluate("element => { element.open = true; }");
    }

    private static int sidewaysPixels(Page page) {
        Object pixels =
                page.evaluate(
                        "() => document.documentElement.scrollWidth"
                                + " - document.documentElement.clientWidth");
        return Integer.parseInt(String.valueOf(pixels));
    }

    private static double sumOfHeights(Page page, String ends) {
        return page.locator("section:has(#flows) svg.wide-only " + ends).all().stream()
                .mapToDouble(end -> Double.parseDouble(end.getAttribute("height")))
                .sum();
    }
}
