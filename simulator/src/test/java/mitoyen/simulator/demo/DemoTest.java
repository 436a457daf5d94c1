package mitoyen.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.node.Mitoyen;
import mitoyen.node.page.LiveFeed;
import mitoyen.node.page.Use;
import mitoyen.node.settlement.SettlementReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {
    private static final LocalDate TODAY = LocalDate.of(2025, 10, 26);
    private static final int TALKATIVE = 1 << 16;

    @Test
    @Timeout(300)
    void a_day_is_lived_on_the_page_and_becomes_a_block_until_the_end_is_asked_for(
            @TempDir Path base) throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        PipedReader said = new PipedReader(TALKATIVE);
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                PrintWriter out = new PrintWriter(new PipedWriter(said));
                BufferedReader lines = new BufferedReader(said)) {
            Demo demo = new Demo(new SimulatedStreet(1, base), 1_000, out);
            Future<?> running =
                    threads.submit(() -> {
                        demo.run(TODAY, 0, stop);
                        return null;
                    });
            try {
                look(lines);
            } finally {
                stop.countDown();
            }
            running.get();
        }
        assertThat(Mitoyen.run("verify", base.resolve("settled").toString()))
                .isEqualTo(Mitoyen.DONE);
    }

    private static void look(BufferedReader lines) throws IOException, InterruptedException {
        assertThat(lines.readLine()).contains("simulated");
        int week = Integer.parseInt(find(lines, Pattern.compile("Settled: block (\\d+)")));
        URI page = URI.create(find(lines, Pattern.compile("The page: (\\S+)")));
        String block = find(lines, Pattern.compile("2025-10-26 is over .*: block (\\d+)"));

        assertThat(Integer.parseInt(block)).isGreaterThan(week);
        assertThat(firstEvent(page.resolve("/api/live"))).contains("\"home-10\"");
        assertThat(get(page)).contains("</html>");
    }

    @Test
    void what_is_shown_live_adds_up_to_what_is_settled(@TempDir Path base) throws Exception {
        SimulatedStreet street = new SimulatedStreet(2, base);
        SettlementReport report = street.settle(TODAY, 1);
        List<LiveFeed.Interval> live = street.intervals(TODAY);
        Use total = live.stream().map(LiveFeed.Interval::total).reduce(Use.NONE, Use::plus);

        assertThat(live).hasSize(50);
        assertThat(total.consumption()).isEqualTo(report.books().totals().consumption().mWh());
        assertThat(total.production()).isEqualTo(report.books().totals().production().mWh());
        assertThat(total.allocated()).isEqualTo(report.books().totals().allocated().mWh());
        assertThat(total.sold()).isEqualTo(total.allocated());
        assertThat(total.own()).isBetween(1L, total.allocated() - 1);
    }

    @Test
    void a_speed_that_cannot_be_is_bad_usage() {
        assertThat(new CommandLine(new DemoCommand()).execute("--speed", "0"))
                .isEqualTo(Mitoyen.BAD_INPUT);
    }

    @Test
    void a_port_that_is_taken_is_refused_before_anything_is_settled() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            StringWriter said = new StringWriter();
            CommandLine program = Mitoyen.program().setErr(new PrintWriter(said));

            assertThat(program.execute("demo", "--port", port)).isEqualTo(Mitoyen.BAD_INPUT);
            assertThat(said.toString()).contains("port " + port + " is not to be had: ");
        }
    }

    @Test
    void a_community_of_somebody_elses_is_left_alone(@TempDir Path base) throws Exception {
        Path community = Files.writeString(base.resolve("community.yaml"), "version: 1\n");
        assertThatThrownBy(() -> new SimulatedStreet(1, base))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        base
                                + ": holds another community's files; name a folder that is not"
                                + " there yet with --dir");
        assertThat(community).hasContent("version: 1\n");
        assertThat(base.resolve("readings")).doesNotExist();

        Files.delete(community);
        new SimulatedStreet(1, base);
        assertThat(new SimulatedStreet(1, base).settled()).doesNotExist();
    }

    private static String find(BufferedReader lines, Pattern pattern) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("never said: " + pattern);
    }

    private static String firstEvent(URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address).header("Accept", "text/event-stream").build();
            try (Stream<String> lines = client.send(request, BodyHandlers.ofLines()).body()) {
                return lines.filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
            }
        }
    }

    private static String get(URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
