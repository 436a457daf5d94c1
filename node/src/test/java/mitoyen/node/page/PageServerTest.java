package mitoyen.node.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.language.Figures;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageServerTest {
    private static final LiveFeed FEED = new LiveFeed();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Street street = new NothingYet().street();
    private static Path folder = Path.of("");
    private static PageServer server;

    @BeforeAll
    static void start(@TempDir Path out, @TempDir Path files) throws Exception {
        folder = out;
        SampleFolder.settle(folder, files);
        try (FolderRecords records = FolderRecords.open(folder, new RealDisk())) {
            street = records.street();
        }
        server = PageServer.simulate(folder, new RealDisk(), FEED, 0);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?period=all",
                "/?period=2025-09",
                "/?period=nonsense",
                "/members",
                "/members/alice",
                "/members/ecole?period=2025-09",
                "/days/2025-10-01",
                "/blocks",
                "/blocks?before=3",
                "/api/street",
                "/api/days",
                "/api/days/2025-10-01",
                "/api/members",
                "/api/members?period=2025-09",
                "/api/members/alice/days/2025-10-01/proof?kind=readings",
                "/blocks/1",
                "/import",
                "/statements/alice/2025-10",
                "/files/allocations.csv",
                "/files/sales.csv",
                "/files/summary.json",
                "/assets/page.css",
                "/assets/proof.js",
                "/assets/light.js",
                "/assets/verify.js"
            })
    void everyPageOpens(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/members/nobody",
                "/days/2024-01-01",
                "/days/soon",
                "/blocks/0",
                "/blocks/99",
                "/blocks/x",
                "/api/days/2024-01-01",
                "/api/members?period=2031-01",
                "/api/members/alice/days/2025-10-01/proof?kind=other",
                "/api/members/nobody/days/2025-10-01/proof?kind=readings",
                "/statements/alice/2031-01",
                "/statements/nobody/2025-10",
                "/files/community.yaml",
                "/files/..%2Fkeys%2Fcommunity.cbor",
                "/assets/../PageServer.class",
                "/assets/none.js"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void theStreetsPageSaysFirstWhatWasSharedAndWhatItWasWorth() throws Exception {
        Street october = street.during("2025-10");
        String page = get("/?lang=en").body();
        assertThat(page)
                .contains(
                        "<em>" + figures().briefEnergy(october.total().allocated()) + "</em>",
                        figures().money(october.account().worth(), "EUR"));
    }

    @Test
    void aNameOrASentenceCannotBecomeMarkup() throws Exception {
        assertThat(get("/").body()).doesNotContain("<b>Petit").contains("&lt;b&gt;Petit");
        assertThat(get("/members/bruno").body()).doesNotContain("<b>Petit");
        assertThat(get("/?period=%22%3E%3Cscript%3E").body()).doesNotContain("<script>");
        assertThat(get("/%22%3E%3Cscript%3Ealert(1)").body()).doesNotContain("<script>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fr-FR,fr;q=0.9 | '' | La rue a partagé",
                "en | '' | The street shared",
                "en | lang=fr | La rue a partagé",
                "fr | lang=en | The street shared",
                "de | lang=xx | The street shared"
            })
    void aPageSpeaksTheReadersLanguage(String accept, String cookie, String sentence)
            throws Exception {
        HttpRequest request =
                request("/").header("Accept-Language", accept).header("Cookie", cookie).build();
        assertThat(send(request).body()).contains(sentence);
    }

    @Test
    void theSwitchIsRemembered() throws Exception {
        assertThat(get("/?lang=fr").headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("lang=fr;")
                .contains("SameSite=Strict", "HttpOnly");
        assertThat(get("/?lang=%0d%0aSet-Cookie:x").headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aStatementIsServedWithTheOneStyleSheetThatItCarries() throws Exception {
        HttpResponse<String> response = get("/statements/alice/2025-10?lang=fr");
        assertThat(response.body()).contains("Relevé, pas une facture", "Alice Martin");
        assertThat(response.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("style-src 'sha256-")
                .doesNotContain("script-src");
    }

    @Test
    void aStatementComesAsATableToo() throws Exception {
        HttpResponse<String> response = get("/statements/alice/2025-10.csv");
        assertThat(response.body()).startsWith("line,with,kwh,");
        assertThat(response.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("alice-2025-10.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "allocations.csv, text/csv; charset=utf-8",
        "sales.csv, text/csv; charset=utf-8",
        "summary.json, application/json"
    })
    void aFileOfTheFolderIsDownloadedAsItLiesThere(String name, String type) throws Exception {
        HttpResponse<byte[]> response =
                CLIENT.send(
                        request("/files/" + name).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(Files.readAllBytes(folder.resolve(name)));
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + name + "\"");
        assertThat(get("/?lang=fr").body()).contains("href=\"/files/" + name + "\"");
    }

    @Test
    void aFolderWithoutASettlementHasNoFilesToDownload(@TempDir Path empty) throws Exception {
        try (PageServer nothing = PageServer.serve(empty, new RealDisk(), 0)) {
            URI file = nothing.address().resolve("/files/sales.csv");
            assertThat(send(HttpRequest.newBuilder(file).build()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void everyRequestThatTheApiDocumentNamesIsAnswered() throws Exception {
        FEED.publish(interval(0));
        List<String> paths =
                Pattern.compile("`GET (/\\S+)`")
                        .matcher(Files.readString(Path.of("../docs/api.md")))
                        .results()
                        .map(found -> found.group(1))
                        // Those of a running node are held against its contract by ContractTest.
                        .filter(path -> !path.startsWith("/api/v1/"))
                        .map(path -> path.replace("{date}", "2025-10-01"))
                        .map(path -> path.replace("{id}", "alice"))
                        .map(path -> path.replace("{period}", "2025-10"))
                        .toList();
        assertThat(paths).contains("/api/street", "/files/summary.json");
        for (String path : paths) {
            HttpResponse<InputStream> response =
                    CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            assertThat(response.statusCode()).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:1234, 200",
        "127.0.0.1, 200",
        "[::1]:80, 200",
        "evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "localhost.evil.example:8080, 421"
    })
    void onlyThisMachinesNamesAreAnswered(String host, int status) throws Exception {
        assertThat(rawStatus("GET / HTTP/1.1\r\nHost: " + host + "\r\n")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 403",
                "Origin: http://evil.example | 403",
                "Origin: null | 403",
                "Origin: http://localhost | 404",
                "Sec-Fetch-Site: same-origin | 404",
                "Sec-Fetch-Site: same-site | 403",
                "Sec-Fetch-Site: cross-site | 403",
                "Sec-Fetch-Site: none | 403"
            })
    void whatChangesSomethingMustComeFromThePageItself(String header, int status) throws Exception {
        String line = header.isEmpty() ? "" : header + "\r\n";
        assertThat(rawStatus("POST /no/such/thing HTTP/1.1\r\nHost: localhost\r\n" + line))
                .isEqualTo(status);
    }

    /// What came behind the head would be taken for the next answer on the connection.
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/street", "/no/such/thing"})
    void headIsRefusedWithoutABody(String path) throws IOException {
        String host = " HTTP/1.1\r\nHost: localhost\r\n";
        String answers = answerTo("HEAD " + path + host + "\r\nGET /" + host, 3_000);
        int end = answers.indexOf("\r\n\r\n") + 4;
        assertThat(answers).startsWith("HTTP/1.1 405 ");
        assertThat(answers.substring(0, end)).contains("\r\nAllow: GET\r\n");
        assertThat(answers.substring(end)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aPortThatIsTakenIsToldInOneLine(@TempDir Path folder) throws IOException {
        assertNotToBeHad(folder, server.address().getPort());
    }

    /// Nobody has it, and only some may.
    @Test
    void aPortThatTheSystemKeepsForOthersIsNotSaidToBeTaken(@TempDir Path folder)
            throws IOException {
        assumeThat(findRefusal(1))
                .as("refused by the system: run the tests as another user than root")
                .isPresent();
        assertNotToBeHad(folder, 1);
    }

    private static void assertNotToBeHad(Path folder, int port) throws IOException {
        String why = findRefusal(port).orElseThrow();
        assertThatThrownBy(() -> PageServer.serve(folder, new RealDisk(), port))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "port %d is not to be had: %s; name another with --port, or 0 for any"
                                .formatted(port, why));
    }

    /// What the system says where it does not give a port.
    private static Optional<String> findRefusal(int port) throws IOException {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Optional.empty();
        } catch (BindException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortThatDoesNotExistIsToldInOneLine(int port, @TempDir Path folder) {
        assertThatThrownBy(() -> PageServer.serve(folder, new RealDisk(), port))
                .isInstanceOf(IOException.class)
                .hasMessage("port " + port + " does not exist; give 1 to 65535, or 0 for any");
    }

    @Test
    void aFileIsNotServedAsAFolder(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("readings.csv"));
        assertThatThrownBy(() -> PageServer.serve(file, new RealDisk(), 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("readings.csv: is not a folder");
    }

    @Test
    void theBlocksAreSaidInWords() throws Exception {
        assertThat(get("/blocks?lang=en").body())
                .contains("The community impasse was founded", "was settled", "net claims");
        assertThat(get("/blocks/2?lang=fr").body()).contains("lundi 29\u00a0septembre 2025");
    }

    /// LE-20.
    @Test
    void anAccountIsShownAsPeopleSeeIt() throws Exception {
        assertThat(get("/blocks/7?lang=en").body()).containsPattern("Account mit1[a-z0-9]{8}…");
    }

    @Test
    void aFileThatTheBrowserHasIsNotSentAgain() throws Exception {
        String tag = get("/assets/page.css").headers().firstValue("ETag").orElseThrow();
        HttpRequest again = request("/assets/page.css").header("If-None-Match", tag).build();
        assertThat(send(again).statusCode()).isEqualTo(304);
    }

    @Test
    void theLiveFeedPushesEachIntervalAsNumbersAndAsAPanel() throws Exception {
        FEED.publish(interval(0));
        assertThat(firstEvent("/api/live"))
                .contains("\"start\":\"2025-10-26T10:00:00Z\"", "\"consumptionKwh\":\"0.500000\"");
        assertThat(firstEvent("/api/live/panel")).contains("id=\"live\"", "1.00");
        assertThat(get("/?lang=fr").body()).contains("Maintenant", "Simulation.");
    }

    private static LiveFeed.Interval interval(int index) {
        return new LiveFeed.Interval(
                Instant.parse("2025-10-26T10:00:00Z").plusSeconds(1800L * index),
                Duration.ofMinutes(30),
                List.of(
                        new LiveFeed.MemberInterval(
                                "alice", new Use(500_000, 600_000, 500_000, 500_000, 500_000))));
    }

    private static String firstEvent(String path) throws Exception {
        HttpRequest request = request(path).header("Accept", "text/event-stream").build();
        try (var lines = CLIENT.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path.substring(1)))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// The client of the JDK sets `Host` and `Origin` itself: these requests are written by hand.
    private static int rawStatus(String head) throws IOException {
        return Integer.parseInt(answerTo(head, "HTTP/1.1 200".length()).substring(9));
    }

    /// The answer's beginning, at most so many bytes of it.
    private static String answerTo(String head, int most) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            String request = head + "Content-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(most);
            return new String(answer, StandardCharsets.US_ASCII);
        }
    }

    private static Figures figures() {
        return new Figures(Messages.in(Language.EN));
    }
}
