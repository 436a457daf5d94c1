package mitoyen.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.simulator.faults.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {
    @Test
    void oneSeedIsOneIdenticalRunAndAnotherIsAnother() {
        Run.Result once = run(7, 400, Execution.Maker.OWN);
        Run.Result again = run(7, 400, Execution.Maker.OWN);
        assertThat(again).isEqualTo(once);
        assertThat(once.violation()).isEmpty();
        assertThat(once.steps()).isEqualTo(400);
        assertThat(once.faultCount()).isPositive();
        assertThat(run(8, 400, Execution.Maker.OWN).trace()).isNotEqualTo(once.trace());
        assertThat(run(7, 401, Execution.Maker.OWN).trace()).isNotEqualTo(once.trace());
    }

    static Stream<Arguments> brokenLedgers() {
        return Stream.of(
                Arguments.of("a block changes nothing", "", breaking(RunTest::changingNothing)),
                Arguments.of("a bundle is executed twice", "receipts", breaking(RunTest::twice)),
                Arguments.of("a bundle is forgotten", "receipts", breaking(RunTest::forgetting)),
                Arguments.of(
                        "a replay comes to another state",
                        "executed again",
                        forgettingWhenStartedAgain()),
                Arguments.of(
                        "an exception escapes",
                        "no such thing",
                        breaking((own, state, moment, bundles) -> {
                            throw new IllegalStateException("no such thing");
                        })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenLedgers")
    void aBrokenLedgerIsFound(String what, String said, Execution.Maker broken) {
        List<Run.Result> results = new ArrayList<>();
        for (int seed = 1; seed <= 10; seed++) {
            results.add(run(seed, 600, broken));
        }
        assertThat(results)
                .as(what)
                .anyMatch(result -> result.violation().filter(it -> it.contains(said)).isPresent());
        assertThat(results)
                .as(what)
                .filteredOn(it -> it.violation().isPresent())
                .hasSizeGreaterThan(5);
    }

    /// In the long run each kind of fault comes, and each reason for which anything is refused, but
    /// for those that take a passkey or a pinned zone.
    @Test
    void everyFaultAndEveryReasonComes() {
        SortedSet<String> answers = new TreeSet<>();
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (int seed = 1; seed <= 24; seed++) {
            Run.Result result = run(seed, 1_500, Execution.Maker.OWN);
            assertThat(result.violation()).as("seed %d", seed).isEmpty();
            result.answers().keySet().forEach(answer -> answers.add(answer.toString()));
            faults.addAll(result.faults().keySet());
        }
        assertThat(answers).contains("accepted", "exists", "fired");
        assertThat(answers).containsAll(reasons("transaction", 18, Set.of()));
        assertThat(answers).containsAll(reasons("account", 29, Set.of(14)));
        assertThat(answers).containsAll(reasons("energy", 23, Set.of()));
        // The journal cuts nothing off: it writes anew what is whole.
        assertThat(faults).containsAll(EnumSet.complementOf(EnumSet.of(Fault.CRASH_AT_TRUNCATE)));
    }

    private static List<String> reasons(String module, int last, Set<Integer> without) {
        return IntStream.rangeClosed(1, last)
                .filter(number -> !without.contains(number))
                .mapToObj(number -> module + " " + number)
                .toList();
    }

    private static Run.Result run(long seed, int steps, Execution.Maker maker) {
        return Run.execute(seed, steps, RunOdds.HEAVY, maker);
    }

    /// An execution that is broken in each block whose height ends in 5.
    private static Execution.Maker breaking(Breakage breakage) {
        return (genesis, rule) -> {
            Execution own = Execution.Maker.OWN.of(genesis, rule);
            return (state, moment, bundles) ->
                    moment.height() % 10 == 5
                            ? breakage.execute(own, state, moment, bundles)
                            : own.execute(state, moment, bundles);
        };
    }

    private static Draft.Sealed changingNothing(
            Execution own, State state, Moment moment, List<byte[]> bundles) {
        Draft.Sealed sealed = own.execute(state, moment, bundles);
        return new Draft.Sealed(
                state, state.root(), List.of(), sealed.outcomes(), sealed.receiptsRoot());
    }

    private static Draft.Sealed twice(
            Execution own, State state, Moment moment, List<byte[]> bundles) {
        List<byte[]> doubled = new ArrayList<>(bundles);
        doubled.addAll(bundles);
        return own.execute(state, moment, doubled);
    }

    private static Draft.Sealed forgetting(
            Execution own, State state, Moment moment, List<byte[]> bundles) {
        return own.execute(state, moment, bundles.subList(0, Math.min(1, bundles.size()) / 2));
    }

    /// Each second start makes nothing of the third block.
    private static Execution.Maker forgettingWhenStartedAgain() {
        AtomicInteger starts = new AtomicInteger();
        return (genesis, rule) -> {
            Execution own = Execution.Maker.OWN.of(genesis, rule);
            boolean forgets = starts.incrementAndGet() % 2 == 0;
            return (state, moment, bundles) ->
                    own.execute(
                            state, moment, forgets && moment.height() == 3 ? List.of() : bundles);
        };
    }

    @FunctionalInterface
    private interface Breakage {
        Draft.Sealed execute(Execution own, State state, Moment moment, List<byte[]> bundles);
    }
}
