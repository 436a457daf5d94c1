package mitoyen.node.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.verify.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is dropped is settled without a hand, or what is wrong lies beside it.
class InboxTest {
    private static final String COMMUNITY =
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

    @TempDir private Path folder;
    private Path inbox = Path.of("");
    private Path street = Path.of("");
    private Optional<Inbox> watched = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        RealDisk disk = new RealDisk();
        inbox = folder.resolve("inbox");
        street = folder.resolve("street");
        watched =
                Optional.of(
                        Inbox.watch(
                                inbox,
                                street,
                                disk,
                                LedgerPort.ownedBy(disk),
                                InboxOptions.STANDARD));
    }

    @AfterEach
    void stop() throws IOException {
        watched.orElseThrow().close();
    }

    @Test
    void whatIsDroppedIsSettledAndTheNextMonthWithoutItsCommunity() throws Exception {
        drop("community.yaml", COMMUNITY);
        drop("a.csv", readings("2025-06-01", "1.5"));
        await(() -> settled().size() == 4);
        assertThat(settled().getFirst()).endsWith("a.csv");
        assertThat(Files.readString(inbox.resolve("settled").resolve(settled().get(1))))
                .contains("1 jour a été réglé.");
        drop("b.csv", readings("2025-06-02", "1.5"));
        await(() -> settled().size() == 6);
        var result = Verification.run(street, Optional.empty(), new RealDisk(), Progress.NONE);
        assertThat(result.recomputed()).isTrue();
        assertThat(result.toString()).startsWith("OK blocks=4 ");
    }

    @Test
    void whatIsWrongLiesBesideTheFileUntilItIsMended() throws Exception {
        drop("community.yaml", COMMUNITY);
        drop("a.csv", readings("2025-06-01", "a lot"));
        await(() -> Files.exists(inbox.resolve("a.csv.txt")));
        assertThat(Files.readString(inbox.resolve("a.csv.txt"))).startsWith("ligne 2\u00a0: ");
        await(() -> Files.exists(inbox.resolve("community.yaml.txt")));
        assertThat(Files.readString(inbox.resolve("community.yaml.txt")))
                .startsWith("Rien à redire ici.");
        assertThat(street).doesNotExist();
        drop("a.csv", readings("2025-06-01", "1.5"));
        await(() -> settled().size() == 4);
        assertThat(inbox.resolve("a.csv.txt")).doesNotExist();
        assertThat(inbox.resolve("a.csv")).doesNotExist();
    }

    @Test
    void aRevisedDayIsRefusedAndForeignFilesAreLeftAlone() throws Exception {
        Files.writeString(inbox.resolve("letter.txt"), "keep me");
        drop("community.yaml", COMMUNITY);
        drop("a.csv", readings("2025-06-01", "1.5"));
        await(() -> settled().size() == 4);
        drop("revised.csv", readings("2025-06-01", "1.25"));
        await(() -> Files.exists(inbox.resolve("revised.csv.txt")));
        assertThat(Files.readString(inbox.resolve("revised.csv.txt"))).contains("--correct");
        assertThat(inbox.resolve("letter.txt")).hasContent("keep me");
    }

    private void drop(String name, String content) throws IOException {
        Path hidden = inbox.resolve("." + name);
        Files.writeString(hidden, content);
        Files.move(hidden, inbox.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private List<String> settled() throws IOException {
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

    private static String readings(String day, String kwh) {
        StringBuilder csv = new StringBuilder("start,meter,consumption_kwh,production_kwh\n");
        for (int hour = 0; hour < 24; hour++) {
            String start = "%sT%02d:00:00+02:00".formatted(day, hour);
            csv.append(start).append(",A1,,").append(kwh).append('\n');
            csv.append(start).append(",B1,0.75,\n");
        }
        return csv.toString();
    }

    private static void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            Thread.sleep(50);
        }
    }

    /// Something to wait for.
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }
}
