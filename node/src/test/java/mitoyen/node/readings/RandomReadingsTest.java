package mitoyen.node.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import mitoyen.ledger.energy.Member;
import mitoyen.ledger.energy.Roster;
import mitoyen.ledger.energy.Tenure;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random readings across the days on which clocks change, in any order, over several files, plain
/// and compressed, in the heap and beyond it, against a model that keeps every reading in a map.
final class RandomReadingsTest {
    private static final List<String> COLUMNS =
            List.of(
                    "start",
                    "meter",
                    "consumption_kwh",
                    "production_kwh",
                    "allocated_kwh",
                    "sold_kwh");

    private static final long[] NOTHING = {0, 0, 0, 0};

    @TempDir private Path folder;

    private Random random = new Random();

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    Europe/Paris,        2025-03-29, 15
                    Europe/Paris,        2025-10-25, 30
                    Europe/Paris,        2025-10-25,  5
                    Asia/Kathmandu,      2025-06-01, 60
                    Pacific/Chatham,     2025-04-05, 30
                    Pacific/Chatham,     2025-09-27, 60
                    Australia/Lord_Howe, 2025-04-05, 60
                    Australia/Lord_Howe, 2025-10-04, 10
                    Africa/Cairo,        2023-04-27, 30
                    America/Havana,      2025-11-01, 30
                    America/St_Johns,    2010-11-06, 30
                    Pacific/Apia,        2011-12-29, 60
                    """)
    void areHandedOutAsTheyWereWritten(String zone, LocalDate from, int step)
            throws IOException, InputMistakes {
        long seed = new Random().nextLong();
        random = new Random(seed);
        boolean split = random.nextBoolean();
        Community community =
                Communities.of(zone, step, split ? "from-operator" : "pro-rata", members(from));
        Model model = new Model(ZoneId.of(zone), Duration.ofMinutes(step), from, split);
        List<Path> files = write(model.lines(), split);
        ImportOptions options = new ImportOptions(250, true, false);
        KeptRows.Resources resources =
                new KeptRows.Resources(
                        1 + random.nextInt(4),
                        random.nextBoolean() ? 0 : Spill.HEAP_LIMIT,
                        random.nextBoolean() ? 100 : 1 << 20);
        try (ReadingsImport readings =
                ReadingsImport.read(community, files, options, Progress.NONE, resources)) {
            readings.check(community.terms()::rosterOn);
            assertThat(readings.days()).extracting(LocalDay::date).isEqualTo(model.dates());
            for (LocalDate date : model.dates()) {
                Roster roster = community.terms().rosterOn(date);
                model.compare(readings.load(date, roster), date, roster, "seed " + seed);
            }
        }
    }

    /// Five meters, of which one moves in and one moves out on the second day.
    private List<Member> members(LocalDate from) {
        Optional<LocalDate> second = Optional.of(from.plusDays(1));
        return List.of(
                member(new Tenure("M2", Optional.empty(), Optional.empty())),
                member(new Tenure("07", second, Optional.empty())),
                member(new Tenure("M1", Optional.empty(), second)),
                member(new Tenure("30000000000001", Optional.empty(), Optional.empty())),
                member(new Tenure("a:b-c._d", Optional.empty(), Optional.empty())));
    }

    private static Member member(Tenure tenure) {
        return new Member(
                "m-" + tenure.meter().length(),
                Optional.empty(),
                Optional.of(Share.ZERO),
                List.of(tenure));
    }

    private List<Path> write(List<Map<String, String>> rows, boolean split) throws IOException {
        List<Path> files = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int file = 0; file < count; file++) {
            List<String> columns = new ArrayList<>(COLUMNS.subList(0, split ? 6 : 4));
            Collections.shuffle(columns, random);
            boolean packed = random.nextBoolean();
            Path path = folder.resolve("f" + file + (packed ? ".csv.gz" : ".csv"));
            OutputStream out = Files.newOutputStream(path);
            try (Writer text =
                    new OutputStreamWriter(
                            packed ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8)) {
                text.write(String.join(",", columns) + "\n");
                for (int row = file; row < rows.size(); row += count) {
                    Map<String, String> cells = rows.get(row);
                    text.write(String.join(",", columns.stream().map(cells::get).toList()) + "\n");
                }
            }
            files.add(path);
        }
        return files;
    }

    /// The readings of three days in a map, computed from the calendar alone.
    private final class Model {
        private final ZoneId zone;
        private final Duration step;
        private final boolean split;
        private final SortedMap<LocalDate, List<Instant>> starts = new TreeMap<>();
        private final SortedMap<String, long[]> values = new TreeMap<>();

        Model(ZoneId zone, Duration step, LocalDate from, boolean split) {
            this.zone = zone;
            this.step = step;
            this.split = split;
            for (LocalDate day = from; day.isBefore(from.plusDays(4)); day = day.plusDays(1)) {
                List<Instant> ofDay = new ArrayList<>();
                Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
                for (Instant at = day.atStartOfDay(zone).toInstant();
                        at.isBefore(end);
                        at = at.plus(step)) {
                    ofDay.add(at);
                }
                if (!ofDay.isEmpty()) {
                    starts.put(day, ofDay);
                }
            }
        }

        List<LocalDate> dates() {
            return List.copyOf(starts.keySet());
        }

        /// Random rows, of which some are missing or empty; the first and the last instant have
        /// one.
        List<Map<String, String>> lines() {
            Instant first = starts.firstEntry().getValue().getFirst();
            Instant last = starts.lastEntry().getValue().getLast();
            List<Map<String, String>> rows = new ArrayList<>();
            for (List<Instant> day : starts.values()) {
                for (Instant start : day) {
                    for (String meter : List.of("M1", "M2", "07", "30000000000001", "a:b-c._d")) {
                        boolean edge = start.equals(first) || start.equals(last);
                        if (edge || random.nextInt(10) > 0) {
                            rows.add(row(start, meter));
                        }
                    }
                }
            }
            Collections.shuffle(rows, random);
            return rows;
        }

        private Map<String, String> row(Instant start, String meter) {
            long consumption = value(125_000_000L * step.toMinutes() / 60);
            long production = value(125_000_000L * step.toMinutes() / 60);
            long shared = Math.min(Math.max(0, consumption), Math.max(0, production));
            long[] cells = {consumption, production, split ? shared : -1, split ? shared : -1};
            if (Arrays.stream(cells).anyMatch(cell -> cell >= 0)) {
                values.put(start + meter, cells);
            }
            return Map.of(
                    "start", written(start),
                    "meter", meter,
                    "consumption_kwh", kwh(cells[0]),
                    "production_kwh", kwh(cells[1]),
                    "allocated_kwh", kwh(cells[2]),
                    "sold_kwh", kwh(cells[3]));
        }

        private long value(long most) {
            return switch (random.nextInt(4)) {
                case 0 -> -1;
                case 1 -> 0;
                case 2 -> random.nextInt(1_000) * 1_000L;
                default -> random.nextLong(most);
            };
        }

        private String kwh(long mWh) {
            if (mWh < 0) {
                return "";
            }
            BigDecimal kwh = BigDecimal.valueOf(mWh, 6);
            return (random.nextBoolean() ? kwh.stripTrailingZeros() : kwh).toPlainString();
        }

        private String written(Instant start) {
            return switch (random.nextInt(4)) {
                case 0 -> start.toString();
                case 1 -> start.atOffset(ZoneOffset.ofHoursMinutes(-3, -30)).toString();
                default -> start.atZone(zone).toOffsetDateTime().toString();
            };
        }

        void compare(ImportedDay day, LocalDate date, Roster roster, String seed) {
            List<Instant> instants = starts.getOrDefault(date, List.of());
            List<String> meters = roster.places().stream().map(Roster.Place::meter).toList();
            assertThat(day.readings().intervals()).as(seed).isEqualTo(instants.size());
            int found = 0;
            for (int interval = 0; interval < instants.size(); interval++) {
                for (int place = 0; place < meters.size(); place++) {
                    String key = instants.get(interval) + meters.get(place);
                    long[] cells = values.getOrDefault(key, NOTHING);
                    found += values.containsKey(key) ? 1 : 0;
                    compare(day, interval * meters.size() + place, cells, seed);
                }
            }
            assertThat(day.missing()).as(seed).isEqualTo(instants.size() * meters.size() - found);
            TreeSet<String> others = new TreeSet<>();
            int outside = 0;
            for (Instant start : instants) {
                for (String meter : List.of("M1", "07")) {
                    if (!meters.contains(meter) && values.containsKey(start + meter)) {
                        others.add(meter);
                        outside++;
                    }
                }
            }
            assertThat(day.outside()).as(seed).isEqualTo(outside);
            assertThat(day.unplaced()).as(seed).isEqualTo(others);
        }

        private void compare(ImportedDay day, int index, long[] expected, String seed) {
            assertThat(day.readings().consumption()[index])
                    .as(seed)
                    .isEqualTo(Math.max(0, expected[0]));
            assertThat(day.readings().production()[index])
                    .as(seed)
                    .isEqualTo(Math.max(0, expected[1]));
            day.readings()
                    .operatorSplit()
                    .ifPresent(operator -> {
                        assertThat(operator.allocated()[index]).isEqualTo(expected[2]);
                        assertThat(operator.sold()[index]).isEqualTo(expected[3]);
                    });
            assertThat(day.readings().operatorSplit().isPresent()).isEqualTo(split);
        }
    }
}
