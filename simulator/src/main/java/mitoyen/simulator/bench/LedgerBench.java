package mitoyen.simulator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import mitoyen.ledger.signature.SignatureChecker;
import mitoyen.ledger.wire.SignatureRule;
import mitoyen.node.threads.Ahead;
import mitoyen.simulator.files.TemporaryFolder;
import mitoyen.simulator.workload.Street;

/// The ledger beside the checking of its signatures: transfers with one signature each, between
/// accounts at random, from their bytes to the state's root and a synced journal, against the same
/// library checking the same signatures on the same processors and doing nothing else.
///
/// First each account pays once, so that all have moved something and all keys are known. Then the
/// two alternate in one run over the same transfers; a ratio is the median over rounds of
/// neighbours in time. The processor time of the process is reported beside the time on the clock,
/// since it hardly depends on what else runs on the machine.
///
/// @param accounts how many there are
/// @param perBlock the most transfers of a block
/// @param blocks how many blocks a round has
/// @param rounds how often the two alternate once they are warm
public record LedgerBench(int accounts, int perBlock, int blocks, int rounds) implements Benchmark {
    /// 100,000 accounts, blocks of 1,000.
    public static final LedgerBench FULL = new LedgerBench(100_000, 1_000, 30, 9);

    private static final double GOAL = 0.8;
    private static final long SEED = 2025;
    private static final int WARM_UP = 2;

    /// Room in which hardly a key pushes another out.
    private static final int KEYS_PER_ACCOUNT = 4;

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public SequencedMap<String, Object> run(Consumer<String> progress) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("mitoyen-bench")) {
            progress.accept("opening %,d accounts".formatted(accounts));
            Street street = new Street(accounts, SEED);
            SignatureChecker checker = SignatureChecker.forMany(KEYS_PER_ACCOUNT * accounts);
            SignatureRule rule = SignatureRule.checkedBy(checker);
            Path journal = folder.path().resolve("ledger");
            try (StreetLedger ledger = new StreetLedger(street, journal, rule)) {
                SequencedMap<String, Object> figures = report(measure(ledger, rule, progress));
                figures.put("library", checker.providerName());
                return figures;
            }
        }
    }

    private List<Round> measure(StreetLedger ledger, SignatureRule rule, Consumer<String> progress)
            throws IOException {
        List<Round> measured = new ArrayList<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            List<Street.Sent> transfers =
                    round == -WARM_UP
                            ? ledger.transfersOfAll()
                            : ledger.nextTransfers(blocks * perBlock);
            Stopwatch checking = new Stopwatch();
            check(transfers, rule);
            Stopwatch.Time raw = checking.time();
            Stopwatch executing = new Stopwatch();
            ledger.execute(transfers, perBlock);
            Round each = new Round(transfers.size(), raw, executing.time());
            progress.accept(each + (round < 0 ? " (warm-up)" : ""));
            if (round >= 0) {
                measured.add(each);
            }
        }
        return measured;
    }

    /// Only the signatures, all processors busy.
    private void check(List<Street.Sent> transfers, SignatureRule rule) throws IOException {
        try (Ahead<Boolean> checking = Ahead.parallel("check")) {
            for (int from = 0; from < transfers.size(); from += perBlock) {
                List<Street.Sent> part =
                        transfers.subList(from, Math.min(from + perBlock, transfers.size()));
                checking.give(() -> part.stream().allMatch(each -> holds(each, rule)));
            }
            while (checking.waiting() > 0) {
                if (!checking.take()) {
                    throw new IllegalStateException("a signature does not hold");
                }
            }
        }
    }

    private static boolean holds(Street.Sent sent, SignatureRule rule) {
        return rule.holds(sent.key(), sent.message().toBytes(), sent.signature());
    }

    private SequencedMap<String, Object> report(List<Round> measured) {
        SequencedMap<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", name());
        figures.put("ratio", Figure.thousandths(Figure.median(measured, Round::ratio)));
        figures.put("goal", GOAL);
        figures.put(
                "ratioOfProcessorTime",
                Figure.thousandths(Figure.median(measured, Round::processorRatio)));
        figures.put("transactionsPerSecond", Math.round(Figure.median(measured, Round::rate)));
        figures.put("verificationsPerSecond", Math.round(Figure.median(measured, Round::rawRate)));
        figures.put(
                "processorMicrosPerTransaction",
                Figure.thousandths(Figure.median(measured, Round::micros)));
        figures.put(
                "processorMicrosPerVerification",
                Figure.thousandths(Figure.median(measured, Round::rawMicros)));
        figures.put("accounts", accounts);
        figures.put("transactionsPerBlock", perBlock);
        figures.put("blocksPerRound", blocks);
        figures.put("rounds", rounds);
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        return figures;
    }

    /// What one round took.
    private record Round(int transfers, Stopwatch.Time raw, Stopwatch.Time ledger) {
        double ratio() {
            return (double) raw.nanos() / ledger.nanos();
        }

        double processorRatio() {
            return (double) raw.processorNanos() / ledger.processorNanos();
        }

        double rate() {
            return transfers * 1e9 / ledger.nanos();
        }

        double rawRate() {
            return transfers * 1e9 / raw.nanos();
        }

        double micros() {
            return ledger.processorNanos() / 1e3 / transfers;
        }

        double rawMicros() {
            return raw.processorNanos() / 1e3 / transfers;
        }

        @Override
        public String toString() {
            return "%,.0f transfers, %,.0f verifications a second; %.1f and %.1f us of a processor"
                    .formatted(rate(), rawRate(), micros(), rawMicros());
        }
    }
}
