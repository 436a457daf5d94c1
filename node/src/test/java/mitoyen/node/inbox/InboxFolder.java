package mitoyen.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// An inbox seen from outside: whoever drops files and waits.
public final class InboxFolder {
    /// Two members, one roof.
    public static final String COMMUNITY =
            """
            version: 1
            community: rue
            zone: Europe/Paris
            step: PT60M
            currency: EUR
            billing: month
            key: {type: pro-rata}
            prices:
              - {from: 2025-01-01, local: "0.14", supplier: "0.18", feed-in: "0.04", community-fee: "0"}
            network-operator: enedis
            members:
              - {id: ana, name: Ana, meters: [A1], vat: "0"}
              - {id: bea, name: Bea, meters: [B1]}
            """;

    /// The names of the columns.
    static final String HEAD = "start,meter,consumption_kwh,production_kwh\n";

    private final Path inbox;

    /// The inbox at a path.
    public InboxFolder(Path inbox) {
        this.inbox = inbox;
    }

    /// Puts a file there at once, as a good copier does.
    public void drop(String name, String content) throws IOException {
        Path hidden = inbox.resolve("." + name);
        Files.writeString(hidden, content);
        Files.move(hidden, inbox.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /// The names of what was settled, and of the notes beside.
    public List<String> settled() throws IOException {
        Path settled = inbox.resolve("settled");
        if (Files.notExists(settled)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(settled)) {
            return all.map(each -> each.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /// A day of hourly readings in summer: what a roof makes an hour, and 0.75 kWh used beside it.
    public static String readings(String day, String kwh) {
        return HEAD + rows(day, kwh);
    }

    /// The same without the line of names.
    static String rows(String day, String kwh) {
        StringBuilder csv = new StringBuilder();
        for (int hour = 0; hour < 24; hour++) {
            String start = "%sT%02d:00:00+02:00".formatted(day, hour);
            csv.append(start).append(",A1,,").append(kwh).append('\n');
            csv.append(start).append(",B1,0.75,\n");
        }
        return csv.toString();
    }

    /// Waits for something, a minute at most.
    public static void await(Condition condition) throws Exception {
        await(Duration.ofMinutes(1), condition);
    }

    /// Waits for something that takes its time.
    ///
    /// @param atMost what a machine needs that is slow and busy
    public static void await(Duration atMost, Condition condition) throws Exception {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(atMost);
            Thread.sleep(50);
        }
    }

    /// Something to wait for.
    @FunctionalInterface
    public interface Condition {
        /// Whether it is there.
        boolean holds() throws IOException;
    }
}
