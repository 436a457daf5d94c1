package mitoyen.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import mitoyen.simulator.files.CommunityYaml;
import mitoyen.simulator.files.Folders;
import mitoyen.simulator.files.TemporaryFolder;
import mitoyen.simulator.model.Neighbourhood;

/// The main job beside the reading of its file: a year of a town's readings, from CSV to ledger and
/// all files, against the same reader only turning rows into numbers, against only splitting
/// fields.
///
/// The three alternate in one run, so that a ratio compares neighbours in time. Nothing is removed
/// before the last round: some file systems avoid for minutes what was just removed, and then take
/// twenty times longer to create a file. A round of a year takes 0.7 GB of temporary space. Peak
/// memory is that of the program in processes of its own, for one year by time and for four years
/// in any order.
///
/// What is done once a day of the file comes to the compiler's notice after fifteen years of it,
/// and then takes the compiler a second. So before the year's rounds to warm up, there are some of
/// many years of few homes.
///
/// @param homes how many homes, a meter each
/// @param producing how many of them produce
/// @param days the length of the file [days]
/// @param rounds how often the three alternate after the rounds to warm up
public record SettleBench(int homes, int producing, int days, int rounds) implements Benchmark {
    /// 200 homes of which 10 produce, 7 million rows.
    public static final SettleBench YEAR = new SettleBench(200, 10, 365, 7);

    private static final long SEED = 2025;
    private static final LocalDate FIRST_DAY = LocalDate.of(2022, 1, 1);
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final int STEP_MINUTES = 15;
    private static final int YEARS = 4;

    /// After so many rounds the compiler leaves both processors to the job.
    private static final int WARM_UP = 8;

    private static final int FEW_HOMES = 8;
    private static final int MANY_YEARS = 8;
    private static final int ROUNDS_OF_MANY_YEARS = 8;

    @Override
    public String name() {
        return "settle";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench-settle")) {
            return run(folder.path(), progress);
        }
    }

    private SequencedMap<String, Object> run(Path folder, Consumer<String> progress)
            throws IOException {
        warmUp(folder, progress);
        Neighbourhood town = Neighbourhood.town(SEED, ZONE, STEP_MINUTES, homes, producing);
        Path community = folder.resolve("community.yaml");
        Files.writeString(community, CommunityYaml.of("town", town));
        Path year = folder.resolve("year.csv");
        new YearFile(town, FIRST_DAY, days).writeByTime(year, progress);

        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        compare(community, year, folder, figures, progress);
        progress.accept("settling a year in a process of its own");
        long oneYear = PeakMemory.settle(community, year, folder.resolve("one-year"));
        Folders.delete(folder.resolve("one-year"));
        Files.delete(year);
        Path years = folder.resolve("years.csv");
        new YearFile(town, FIRST_DAY, YEARS * days).writeShuffled(years, progress);
        progress.accept("settling four years in a process of its own");
        long fourYears = PeakMemory.settle(community, years, folder.resolve("four-years"));
        figures.put("peakMiB", Math.max(oneYear, fourYears));
        figures.put("peakMiBOneYear", oneYear);
        figures.put("peakMiBFourYears", fourYears);
        return figures;
    }

    private void warmUp(Path folder, Consumer<String> progress) throws IOException {
        int few = Math.min(homes, FEW_HOMES);
        Neighbourhood hamlet =
                Neighbourhood.town(SEED, ZONE, STEP_MINUTES, few, Math.min(producing, few / 2));
        Path community = folder.resolve("hamlet.yaml");
        Files.writeString(community, CommunityYaml.of("hamlet", hamlet));
        Path readings = folder.resolve("many-years.csv");
        new YearFile(hamlet, FIRST_DAY, MANY_YEARS * days).writeByTime(readings, progress);
        for (int round = 1; round <= ROUNDS_OF_MANY_YEARS; round++) {
            SettleRound each =
                    SettleRound.measure(community, readings, folder.resolve("many-" + round));
            progress.accept(
                    "%d years of %d homes, round %d of %d: %s (warm-up)"
                            .formatted(MANY_YEARS, few, round, ROUNDS_OF_MANY_YEARS, each));
        }
    }

    private void compare(
            Path community,
            Path readings,
            Path folder,
            SequencedMap<String, Object> figures,
            Consumer<String> progress)
            throws IOException {
        List<SettleRound> measured = new ArrayList<>();
        for (int round = 1; round <= WARM_UP + rounds; round++) {
            boolean warmUp = round <= WARM_UP;
            SettleRound each =
                    SettleRound.measure(community, readings, folder.resolve("round-" + round));
            progress.accept(
                    "round %d of %d: %s%s"
                            .formatted(round, WARM_UP + rounds, each, warmUp ? " (warm-up)" : ""));
            if (!warmUp) {
                measured.add(each);
            }
        }
        figures.put("rows", measured.getFirst().rows());
        figures.put("settleRowsPerSecond", Math.round(median(measured, SettleRound::settleRate)));
        figures.put("parseRowsPerSecond", Math.round(median(measured, SettleRound::parseRate)));
        figures.put("splitRowsPerSecond", Math.round(median(measured, SettleRound::splitRate)));
        figures.put("compilerMillisARound", (long) median(measured, SettleRound::compilerMillis));
        figures.put("ratio", thousandths(median(measured, SettleRound::ratio)));
        figures.put("parseRatio", thousandths(median(measured, SettleRound::parseRatio)));
    }

    private static double median(List<SettleRound> rounds, ToDoubleFunction<SettleRound> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double thousandths(double ratio) {
        return Math.round(ratio * 1_000) / 1_000.0;
    }
}
