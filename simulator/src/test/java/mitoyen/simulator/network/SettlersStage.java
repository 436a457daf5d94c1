package mitoyen.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.Replay;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.machine.Event;
import mitoyen.node.Mitoyen;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.Secret;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.settlement.Archive;
import mitoyen.simulator.workload.Street;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// A network whose first three nodes settle a community of three homes together, any two of them
/// being enough, founded as `docs/community.md` says it.
final class SettlersStage implements AutoCloseable {
    static final int SETTLERS = 3;

    /// Names and meters that are nowhere else.
    static final List<String> PLANTED =
            List.of(
                    "Zebulon",
                    "Quixote",
                    "Wilhelmina",
                    "Oberholzer",
                    "zebulon-id",
                    "wilhelmina-id",
                    "P-METER-8822",
                    "B-METER-9933",
                    "C-METER-7711",
                    "strangegrid");

    static final String TERMS =
            """
            version: 1
            community: lilas
            zone: Europe/Paris
            step: PT60M
            currency: EUR
            billing: month
            key: {type: pro-rata}
            prices:
              - from: 2025-01-01
                local: "0.140000"
                supplier: "0.180000"
                feed-in: "0.040000"
                community-fee: "0.010000"
            network-operator: strangegrid
            members:
              - {id: zebulon-id, name: Zebulon Quixote, vat: "0.20", meters: [P-METER-8822]}
              - {id: wilhelmina-id, name: Wilhelmina Petit, meters: [B-METER-9933]}
              - {id: carla, name: Carla Oberholzer, meters: [C-METER-7711]}
            """;

    private final Path folder;
    private final Network network;
    private final List<AccountId> settlers = new ArrayList<>();

    private SettlersStage(Path folder, Network network) {
        this.folder = folder;
        this.network = network;
    }

    /// Founds network and community; the nodes run.
    static SettlersStage begin(Path folder) throws Exception {
        SettlersStage stage =
                new SettlersStage(
                        folder, Network.create(folder.resolve("net"), 4, 0, new Street(2, 7, 8)));
        try {
            stage.prepare();
            stage.network.start();
            stage.network.awaitAccepting(1);
            stage.found();
            return stage;
        } catch (Exception | AssertionError failure) {
            stage.close();
            throw failure;
        }
    }

    Network network() {
        return network;
    }

    /// The account of a settler, by his node's number.
    AccountId settler(int number) {
        return settlers.get(number - 1);
    }

    /// Puts files into a settler's inbox, as a good copier does.
    void drop(int number, String name, String content) throws IOException {
        Path inbox = inbox(number);
        Files.createDirectories(inbox);
        Path hidden = Files.writeString(inbox.resolve("." + name), content);
        Files.move(hidden, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Waits until a settler's inbox is empty.
    void awaitTaken(int number) throws Exception {
        Network.until(
                "the readings are in the vault of " + number,
                () -> waitingFiles(number),
                List::isEmpty);
    }

    /// What the first node says of a day.
    JsonNode day(LocalDate day) throws IOException, InterruptedException {
        return Network.until(
                        "the node tells of " + day,
                        () -> network.get(1, "communities/lilas/days/" + day),
                        Optional::isPresent)
                .orElseThrow();
    }

    /// Waits until a day is settled.
    void awaitSettled(LocalDate day) throws Exception {
        Network.until(day + " is settled", () -> day(day), found -> found.has("settled"));
    }

    /// Waits until somebody proposed a day and some attested its readings.
    void awaitProposed(LocalDate day, int number, int attested) throws Exception {
        String proposer = settler(number).toString();
        Network.until(
                day + " is proposed by " + number,
                () -> day(day).path("waiting"),
                waiting -> {
                    for (JsonNode each : waiting) {
                        if (each.path("proposer").asString("").equals(proposer)
                                && each.path("readingsAttested").size() >= attested) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /// What happened in the energy contract, by a stopped node's ledger.
    List<EnergyEvent> events(int number) throws IOException {
        List<EnergyEvent> events = new ArrayList<>();
        ReplayedLedger ledger = new ReplayedLedger(network.street().genesis());
        try (JournalReader reader =
                JournalReader.open(Archive.ledger(network.member(number).data()))) {
            for (Optional<Block> next = reader.findNext();
                    next.isPresent();
                    next = reader.findNext()) {
                Replay.execute(ledger, next.get());
                ledger.outcomes().stream()
                        .flatMap(outcome -> outcome.events().stream())
                        .forEach(event -> {
                            if (event instanceof Event.Energy(EnergyEvent happened)) {
                                events.add(happened);
                            }
                        });
            }
        }
        return events;
    }

    /// A day's readings by the hour.
    ///
    /// @param carla what the third home takes each hour [1e-6 kWh]
    static String readings(LocalDate first, LocalDate last, int carla) {
        StringBuilder csv = new StringBuilder("start,meter,consumption_kwh,production_kwh\n");
        ZonedDateTime hour = first.atStartOfDay(ZoneId.of("Europe/Paris"));
        ZonedDateTime end = last.plusDays(1).atStartOfDay(ZoneId.of("Europe/Paris"));
        for (int i = 0; hour.isBefore(end); i++) {
            String start =
                    hour.toOffsetDateTime()
                            .toString()
                            .replaceAll("T(\\d\\d:\\d\\d)([+-])", "T$1:00$2");
            csv.append(start).append(",P-METER-8822,0.").append(100_000 + i).append(",1.5\n");
            csv.append(start).append(",B-METER-9933,0.").append(300_000 + 7 * i).append(",\n");
            csv.append(start).append(",C-METER-7711,0.").append(carla + 11 * i).append(",\n");
            hour = hour.plus(Duration.ofHours(1));
        }
        return csv.toString();
    }

    /// Every file in which the network keeps what its members exchange, but for vaults and keys.
    List<Path> exchanged() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= network.size(); number++) {
            for (Path part :
                    List.of(
                            network.member(number).data().resolve("ledger"),
                            network.member(number).data().resolve("views.sqlite"),
                            network.member(number).log(),
                            network.member(number).cometbft())) {
                try (var all = Files.walk(part)) {
                    all.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        return files;
    }

    /// Whether a file holds a planted word.
    static boolean holdsPlanted(Path file) throws IOException {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return PLANTED.stream().anyMatch(bytes::contains);
    }

    /// Runs the program, which must succeed.
    static String run(Object... arguments) {
        StringWriter said = new StringWriter();
        CommandLine program = Mitoyen.program();
        program.setOut(new PrintWriter(said));
        program.setErr(new PrintWriter(said));
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int status = program.execute(words);
        assertThat(status).as(List.of(words) + ": " + said).isZero();
        return said.toString();
    }

    @Override
    public void close() throws IOException {
        network.close();
    }

    private Path inbox(int number) {
        return network.member(number).folder().resolve("inbox");
    }

    private List<Path> waitingFiles(int number) throws IOException {
        try (var files = Files.list(inbox(number))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// Salts, keys, vaults and configurations of the settlers.
    private void prepare() throws IOException {
        Path terms = Files.writeString(folder.resolve("community.yaml"), TERMS);
        Path salts = folder.resolve("lilas.settlers");
        run("settlers", "new", terms, salts, "--no-passphrase");
        for (int number = 1; number <= SETTLERS; number++) {
            Path key = network.member(number).folder().resolve("settler.key");
            run("key", "new", key, "--no-passphrase");
            settlers.add(KeyFile.read(key).account());
            run("settlers", "take", salts, "--dir", network.member(number).data());
            List<String> others = new ArrayList<>();
            for (int other = 1; other <= SETTLERS; other++) {
                if (other != number) {
                    others.add(network.member(other).address().toString());
                }
            }
            Files.writeString(
                    network.member(number).configuration(),
                    """
                    inbox: inbox
                    settle:
                      community: lilas
                      key: settler.key
                      settlers: [%s]
                    """
                            .formatted(String.join(", ", others)),
                    StandardOpenOption.APPEND);
        }
    }

    private void found() throws IOException {
        Path founder = folder.resolve("founder.key");
        SigningKey key = new SigningKey(new Secret(network.street().founderSeed()));
        KeyFile.create(
                founder,
                key,
                AccountId.of(key.key()),
                Optional.empty(),
                new SecureRandom(),
                new RealDisk());
        String node = network.member(1).address().toString();
        List<Object> founding =
                new ArrayList<>(List.of("settlers", "found", folder.resolve("lilas.settlers")));
        for (int number = 1; number <= SETTLERS; number++) {
            Path file = network.member(number).folder().resolve("settler.key");
            String signer = KeyFile.read(file).key().toString();
            run("account", "open", "--signer", signer, "--key", founder, "--node", node);
            founding.addAll(List.of("--settler", settler(number)));
        }
        founding.addAll(List.of("--quorum", 2, "--objections", "PT3S"));
        founding.addAll(List.of("--key", founder, "--node", node));
        run(founding.toArray());
    }
}
