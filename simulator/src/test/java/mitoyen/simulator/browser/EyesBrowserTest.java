package mitoyen.simulator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.proof.Sha256;
import mitoyen.simulator.browser.Chromium.Reader;
import mitoyen.simulator.network.Network;
import mitoyen.simulator.workload.Street;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A reader checks a real network's ledger with his own eyes, and a node that lies to him.
class EyesBrowserTest {
    private static final Path IMAGE = ExampleFolder.ROOT.resolve("docs/images/eyes.png");
    private static final Reader ENGLISH = new Reader("en-GB", false, 1100);
    private static final Reader FRENCH = new Reader("fr-FR", true, 390);
    private static final int PAYER = 0;

    @TempDir private Path folder;

    @Test
    void aReaderFollowsTheValidatorsAndBelievesTheNodeInNothing() throws Exception {
        try (Network network = Network.create(folder.resolve("net"), 2, 0, new Street(4, 6, 64))) {
            network.start();
            network.openAccounts();
            JsonNode beginning = light(network, 1);
            String transaction = pay(network, 3);
            // From another node: the one asked would vouch for itself.
            try (Chromium chromium = new Chromium();
                    Page page = chromium.open(ENGLISH)) {
                page.navigate(network.member(2).address() + "check");
                assertWhatIsTypedIsHeldAgainstTheNode(page, beginning);
                assertTheBalanceIsProved(page, network);
                receipt(page, transaction);
                assertThat(page.locator("[data-holds=true] strong"))
                        .containsText("The ledger accepted this transaction in block ");
                assertThat(Chromium.obstacles(page)).isEmpty();
                picture(page);
                assertTheNextVisitGoesOn(page, network);
                assertAnothersOfTheSameIdIsNotTakenForOnesOwn(page, network);
                assertThat(chromium.takeComplaints()).isEmpty();
                assertALyingNodeIsNotBelieved(page, network, transaction);
            }
            try (Chromium chromium = new Chromium();
                    Page page = chromium.open(FRENCH)) {
                page.navigate(network.member(1).address() + "check");
                begin(page, light(network, 2), "");
                balance(page, account(network), "EUR");
                assertThat(page.locator("[data-holds=true] strong")).containsText("Ce compte a ");
                assertThat(Chromium.obstacles(page)).isEmpty();
                assertThat(chromium.takeComplaints()).isEmpty();
            }
        }
    }

    private static void assertWhatIsTypedIsHeldAgainstTheNode(Page page, JsonNode beginning) {
        balance(page, "mit1xdhw73xn389p0jpfkakekmy2222348ysknd03f", "EUR");
        assertThat(page.locator("[data-holds=false]")).containsText("First say above what");
        begin(page, beginning, "0".repeat(64));
        assertThat(page.locator("[data-holds=false]"))
                .containsText("has another hash than the one");
        assertThat(page.locator("#eyes-kept")).isHidden();
        begin(page, beginning, "");
        assertThat(page.locator("#eyes-hash")).hasText(beginning.path("hash").asString());
    }

    private static void assertTheBalanceIsProved(Page page, Network network) throws Exception {
        balance(page, account(network), "EUR");
        assertThat(page.locator("[data-holds=true] strong")).containsText("This account has ");
        assertThat(page.locator("[data-holds=true] strong")).containsText(balanceOf(network));
        assertThat(page.locator("[data-holds=true] .steps li")).hasCount(4);
        balance(page, account(network), "NONE");
        assertThat(page.locator("[data-holds=true] strong")).containsText("never had any");
        balance(page, account(network).replace('q', 'p') + "x", "EUR");
        assertThat(page.locator("[data-holds=false]")).containsText("one of them is mistyped");
    }

    /// What the browser kept has an age, is checked again and goes on.
    private static void assertTheNextVisitGoesOn(Page page, Network network) throws Exception {
        pay(network, 2);
        page.reload();
        page.locator("#eyes-kept")
                .waitFor(
                        new com.microsoft.playwright.Locator.WaitForOptions()
                                .setState(WaitForSelectorState.VISIBLE));
        assertThat(page.locator("#eyes-words")).containsText("ago");
        balance(page, account(network), "EUR");
        assertThat(page.locator("[data-holds=true] strong")).containsText(balanceOf(network));
    }

    /// The node shows whichever was accepted last; the page says whose that is, or takes the bytes
    /// that are meant.
    private static void assertAnothersOfTheSameIdIsNotTakenForOnesOwn(Page page, Network network)
            throws Exception {
        long now = System.currentTimeMillis();
        Street.Sent own = network.street().transfersOf(PAYER, 1, 1, now).getFirst();
        String id = idOf(own);
        byte[] bytes = HexFormat.of().parseHex(id);
        Street.Sent twin = network.street().transferUnder(bytes, PAYER + 1, 1, now);
        for (Street.Sent each : List.of(own, twin)) {
            send(network, each);
        }

        receipt(page, id);
        assertThat(page.locator("[data-holds=true]"))
                .containsText("It was sent by " + address(network, PAYER + 1) + ". Another");
        assertThat(page.locator("[data-holds=true]")).containsText(hashOf(twin));
        page.locator("#eyes-sent").fill(hashOf(own));
        receipt(page, id);
        assertThat(page.locator("[data-holds=true]"))
                .containsText("It was sent by " + account(network) + ". It is the one");
        page.route(
                "**/api/v1/transactions/**",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("application/cbor")
                                        .setBodyBytes(twin.bytes().toBytes())));
        receipt(page, id);
        assertThat(page.locator("[data-holds=false]")).containsText("proved something else");
        page.unroute("**/api/v1/transactions/**");
        page.locator("#eyes-sent").fill("");
    }

    private static void assertALyingNodeIsNotBelieved(
            Page page, Network network, String transaction) throws Exception {
        page.route("**/proofs/accounts/**", EyesBrowserTest::flipABit);
        balance(page, account(network), "EUR");
        assertThat(page.locator("[data-holds=false]")).containsText("Do not believe it");
        page.unroute("**/proofs/accounts/**");
        page.route("**/proofs/accounts/**", EyesBrowserTest::showAnEarlierState);
        balance(page, account(network), "EUR");
        assertThat(page.locator("[data-holds=false]")).containsText("is behind what your browser");
        page.unroute("**/proofs/accounts/**");
        String other = address(network, network.street().keys().size() - 1);
        page.route(
                "**/proofs/accounts/**",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setResponse(
                                                route.fetch(
                                                        new Route.FetchOptions()
                                                                .setUrl(
                                                                        network.member(2).address()
                                                                                + "api/v1/proofs/accounts/"
                                                                                + other
                                                                                + "/EUR")))));
        balance(page, account(network), "EUR");
        assertThat(page.locator("[data-holds=false]")).containsText("proved something else");
        page.unroute("**/proofs/accounts/**");
        page.route("**/proofs/transactions/**", EyesBrowserTest::flipABit);
        receipt(page, transaction);
        assertThat(page.locator("[data-holds=false]")).containsText("Do not believe it");
        page.evaluate(
                "localStorage.setItem('mitoyen.light', '{\"light\":\"a0\",\"hash\":\"00\"}')");
        page.reload();
        assertThat(page.locator("#eyes-none")).isVisible();
    }

    /// In the last digits of a proof are the hashes of its way.
    private static void flipABit(Route route) {
        var answer = route.fetch();
        String text = answer.text();
        int at = text.indexOf("\"proof\":\"") + "\"proof\":\"".length() + 400;
        char digit = text.charAt(at) == '0' ? '1' : '0';
        route.fulfill(
                new Route.FulfillOptions()
                        .setResponse(answer)
                        .setBody(text.substring(0, at) + digit + text.substring(at + 1)));
    }

    private static void showAnEarlierState(Route route) {
        var answer = route.fetch();
        route.fulfill(
                new Route.FulfillOptions()
                        .setResponse(answer)
                        .setBody(answer.text().replaceFirst("\"height\":[0-9]+", "\"height\":1")));
    }

    private static void begin(Page page, JsonNode light, String hash) {
        page.locator("#eyes-height").fill(light.path("engineHeight").asString());
        page.locator("#eyes-header").fill(hash.isEmpty() ? light.path("hash").asString() : hash);
        page.locator("#eyes-begin button").click();
        page.locator("[data-holds]").waitFor();
    }

    private static void balance(Page page, String account, String asset) {
        page.locator("#eyes-account").fill(account);
        page.locator("#eyes-asset").fill(asset);
        page.locator("#eyes-balance button").click();
        page.locator("[data-holds]").waitFor();
    }

    private static void receipt(Page page, String transaction) {
        page.locator("#eyes-id").fill(transaction);
        page.locator("#eyes-receipt button").click();
        page.locator("[data-holds]").waitFor();
    }

    private static JsonNode light(Network network, int number) throws Exception {
        return network.await(number, "light/latest");
    }

    /// Pays, and waits until the node that the page is of tells of it and of the header that signs
    /// it: a page that asks before is told that there is none yet, and its browser complains.
    ///
    /// @return the id of the last transaction
    private static String pay(Network network, int count) throws Exception {
        String last = "";
        long now = System.currentTimeMillis();
        for (Street.Sent sent : network.street().transfersOf(PAYER, count, 1, now)) {
            send(network, sent);
            last = idOf(sent);
        }
        return last;
    }

    private static void send(Network network, Street.Sent sent) throws Exception {
        Network.until("it is done", () -> network.send(1, sent), Network.Answer::isDone);
        String query = "transactions/" + idOf(sent) + "?sent=" + hashOf(sent);
        JsonNode told =
                Network.until(
                                "node 2 tells of it",
                                () -> network.get(2, query),
                                Optional::isPresent)
                        .orElseThrow();
        Network.until(
                "its block is signed",
                () -> network.get(2, "light/" + told.path("height").asString()),
                Optional::isPresent);
    }

    private static String hashOf(Street.Sent sent) {
        return Sha256.of(sent.bytes().toBytes()).toString();
    }

    private static String idOf(Street.Sent sent) {
        String hex = HexFormat.of().formatHex(sent.bytes().toBytes());
        // In the body the key "id" and 16 bytes.
        int at = hex.indexOf("62696450") + 8;
        return hex.substring(at, at + 32);
    }

    private static String account(Network network) {
        return address(network, PAYER);
    }

    private static String address(Network network, int number) {
        return AccountId.of(network.street().keys().get(number)).toString();
    }

    /// As the node says it, which the page must come to by itself.
    private static String balanceOf(Network network) throws Exception {
        JsonNode account = network.await(2, "accounts/" + account(network));
        for (JsonNode asset : account.path("balances")) {
            if (asset.path("asset").asString().equals("EUR")) {
                long micros =
                        Long.parseLong(asset.path("credits").asString())
                                - Long.parseLong(asset.path("debits").asString());
                return "%.2f EUR".formatted(micros / 1e6);
            }
        }
        throw new IOException("no EUR in " + account);
    }

    private static void picture(Page page) throws IOException {
        byte[] png = page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
        assertThat(png.length).isBetween(10_000, 300_000);
        if (System.getenv("MITOYEN_SCREENSHOTS") != null) {
            Files.write(IMAGE, png);
        }
    }
}
