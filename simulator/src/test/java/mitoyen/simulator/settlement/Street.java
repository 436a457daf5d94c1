package mitoyen.simulator.settlement;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.Mitoyen;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.readings.Progress;
import mitoyen.node.settlement.LedgerIndex;
import mitoyen.node.settlement.LedgerReader;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementReport;
import mitoyen.node.settlement.SettlementRequest;
import mitoyen.node.verify.Verification;
import mitoyen.simulator.faults.FaultyDisk;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A street in a folder: its community's file, files of readings, and what `settle` makes of them
/// in `out`.
final class Street {
    /// Three homes, one with a roof, by the hour.
    static final String LANE =
            """
            version: 1
            community: lane
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
            network-operator: enedis
            members:
              - {id: paula, name: Paula Martin, vat: "0.20", meters: [P1]}
              - {id: bruno, name: Bruno Petit, meters: [B1]}
              - {id: carla, name: Carla Nunes, meters: [C1]}
            """;

    static final String LANE_WITHOUT_CARLA = LANE.substring(0, LANE.indexOf("  - {id: carla"));

    /// What the meters of the lane measure.
    static final Readings LANE_READINGS =
            new Readings(
                    ZoneId.of("Europe/Paris"),
                    Duration.ofHours(1),
                    List.of("P1", "B1", "C1"),
                    2025);

    private static final int MAX_KW = 250;

    private final Path home;
    private int files;

    private Street(Path home) {
        this.home = home;
    }

    /// A street with these terms.
    static Street at(Path home, String terms) throws IOException {
        Files.createDirectories(home);
        return new Street(home).agree(terms);
    }

    /// Replaces the community's file.
    Street agree(String terms) throws IOException {
        Files.writeString(community(), terms);
        return this;
    }

    Path community() {
        return home.resolve("community.yaml");
    }

    Path out() {
        return home.resolve("out");
    }

    /// A new file of readings without the operator's split.
    Path file(List<String> rows) throws IOException {
        return file(Readings.HEADER, rows);
    }

    /// A new file of readings.
    Path file(String header, List<String> rows) throws IOException {
        Path file = home.resolve("readings-" + files++ + ".csv");
        Files.write(file, join(header, rows));
        return file;
    }

    static List<String> join(String header, List<String> rows) {
        List<String> lines = new ArrayList<>(rows);
        lines.addFirst(header);
        return lines;
    }

    /// Settles on a disk that loses nothing and waits for nothing.
    String settle(List<String> rows) throws IOException, InputMistakes, Refused {
        return describe(run(FaultyDisk.sound(), false, file(rows)));
    }

    /// Settles, and anew what was settled with other readings.
    String correct(List<String> rows) throws IOException, InputMistakes, Refused {
        return describe(run(FaultyDisk.sound(), true, file(rows)));
    }

    /// One run; where keys are made, they are the same for the same street.
    SettlementReport run(Disk disk, boolean correct, Path... readings)
            throws IOException, InputMistakes, Refused {
        SettlementRequest request =
                new SettlementRequest(
                        community(), List.of(readings), out(), false, false, correct, MAX_KW);
        return Settlement.run(request, disk, new FixedChance(1), Progress.NONE);
    }

    /// The line of a verification that held.
    String verify() throws IOException {
        return verify(Optional.empty());
    }

    /// The line of a verification against a root that somebody kept.
    String verify(Optional<Hash> root) throws IOException {
        return Verification.run(out(), root, FaultyDisk.sound(), Progress.NONE).toString();
    }

    LedgerIndex ledger() throws IOException {
        return LedgerReader.read(out());
    }

    JsonNode summary() throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(out().resolve("summary.json")));
    }

    /// What a command said and how it ended.
    record Said(int status, String out, String err) {}

    /// Runs the program.
    static Said mitoyen(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program =
                Mitoyen.program()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int status = program.execute(words);
        return new Said(status, out.toString(), err.toString());
    }

    static List<String> withoutCarla(List<String> rows) {
        return rows.stream().filter(row -> !row.contains(",C1,")).toList();
    }

    /// What `./mitoyen settle` says to a file of readings.
    Said command(Path readings, String... options) {
        List<Object> arguments = new ArrayList<>(List.of("settle", "--community"));
        arguments.addAll(List.of(community(), "--readings", readings, "--out"));
        arguments.add(out());
        arguments.addAll(List.of(options));
        return mitoyen(arguments.toArray());
    }

    /// A settled day on the ledger.
    LedgerIndex.SettledEntry settled(LocalDate day) throws IOException {
        return ledger().findSettled(day).orElseThrow();
    }

    /// Every file of a folder by its path in it.
    static SortedMap<String, Content> files(Path folder) throws IOException {
        SortedMap<String, Content> files = new TreeMap<>();
        if (Files.exists(folder)) {
            try (var paths = Files.walk(folder)) {
                for (Path path : paths.filter(Files::isRegularFile).toList()) {
                    files.put(
                            folder.relativize(path).toString(),
                            new Content(Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }

    /// Copies a folder.
    static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /// What a run did and where the ledger stands, in one line: of each month the number of its
    /// claims.
    private String describe(SettlementReport report) throws IOException {
        LedgerIndex ledger = ledger();
        SortedSet<String> months = new TreeSet<>();
        for (LocalDate day : ledger.days().keySet()) {
            String month = day.toString().substring(0, 7);
            months.add(month + " claims " + ledger.month(month).number());
        }
        return "%d settled, %d corrected, %d already settled; %s; waiting %s; block %d"
                .formatted(
                        report.settled(),
                        report.corrected(),
                        report.unchanged(),
                        String.join(", ", months),
                        report.waiting(),
                        report.anchor().height());
    }
}
