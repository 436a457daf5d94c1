package mitoyen.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyEvent.ClaimAttested;
import mitoyen.ledger.energy.EnergyEvent.DayAttested;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.governance.GovernanceEvent.ValidatorSeated;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.signature.PasskeyAssertion;
import mitoyen.ledger.signature.PasskeyVerdict;
import mitoyen.ledger.signature.RelyingParty;
import mitoyen.ledger.wire.SignatureRule;
import mitoyen.simulator.audit.Ending;
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
                        "users of passkeys count as verified",
                        "account 14",
                        trusting(verdict ->
                                verdict instanceof PasskeyVerdict.Holds(_, boolean backedUp)
                                        ? new PasskeyVerdict.Holds(true, backedUp)
                                        : verdict)),
                Arguments.of(
                        "a passkey's assertion is believed",
                        "transaction 7",
                        trusting(verdict ->
                                verdict instanceof PasskeyVerdict.Refused
                                        ? new PasskeyVerdict.Holds(false, false)
                                        : verdict)),
                Arguments.of(
                        "a settler is believed to attest a day",
                        "proposal",
                        inventing(RunTest::attestedDay)),
                Arguments.of(
                        "a settler is believed to attest claims",
                        "waiting claims",
                        inventing(RunTest::attestedClaims)),
                Arguments.of(
                        "a validator grows by itself",
                        "validator ",
                        inventing(RunTest::grownValidator)),
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
            results.add(run(seed, 1_800, broken));
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
    /// for one: no ledger here lets a month have more claims than can wait, which a table of the
    /// ledger's own shows. And whatever settlers propose comes to each end.
    @Test
    void everyFaultAndEveryReasonComes() {
        SortedSet<String> answers = new TreeSet<>();
        Set<Ending> endings = EnumSet.noneOf(Ending.class);
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (int seed = 1; seed <= 24; seed++) {
            Run.Result result = run(seed, 1_500, Execution.Maker.OWN);
            assertThat(result.violation()).as("seed %d", seed).isEmpty();
            result.answers().keySet().forEach(answer -> answers.add(answer.toString()));
            faults.addAll(result.faults().keySet());
            endings.addAll(result.endings().keySet());
        }
        assertThat(answers).contains("accepted", "exists", "fired", "noticed");
        assertThat(answers).containsAll(reasons("transaction", 18));
        assertThat(answers).containsAll(reasons("account", 29));
        assertThat(answers).containsAll(reasons("energy", 30)).contains("energy 32");
        assertThat(endings).containsExactlyInAnyOrder(Ending.values());
        assertThat(answers).containsAll(reasons("governance", 7));
        // The journal cuts nothing off: it writes anew what is whole.
        assertThat(faults).containsAll(EnumSet.complementOf(EnumSet.of(Fault.CRASH_AT_TRUNCATE)));
    }

    private static List<String> reasons(String module, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> module + " " + number).toList();
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

    /// An execution in each block of which something happens that nobody asked for.
    ///
    /// @param invention what could happen next, if anything can
    private static Execution.Maker inventing(Function<State, Optional<Event>> invention) {
        return (genesis, rule) -> {
            Execution own = Execution.Maker.OWN.of(genesis, rule);
            StateMachine machine = new StateMachine(genesis);
            return (state, moment, bundles) -> {
                Draft.Sealed sealed = own.execute(state, moment, bundles);
                State broken =
                        invention
                                .apply(sealed.state())
                                .map(event -> machine.apply(sealed.state(), event))
                                .orElse(sealed.state());
                return new Draft.Sealed(
                        broken,
                        broken.root(),
                        sealed.first(),
                        sealed.outcomes(),
                        sealed.receiptsRoot());
            };
        };
    }

    private static Optional<Event> attestedDay(State state) {
        return state.energy().proposals().stream()
                .map(MerkleMap.Entry::value)
                .filter(each -> !each.readings().contains(each.proposer()))
                .findFirst()
                .map(each ->
                        new DayAttested(
                                each.settlement().community(),
                                each.settlement().day(),
                                each.proposer(),
                                SettledRoot.READINGS,
                                each.proposer()))
                .map(Event.Energy::new);
    }

    private static Optional<Event> attestedClaims(State state) {
        return state.energy().openClaims().stream()
                .map(MerkleMap.Entry::value)
                .filter(each -> !each.attested().contains(each.proposer()))
                .findFirst()
                .map(each ->
                        new ClaimAttested(
                                each.claim().community(),
                                each.claim().month(),
                                each.proposer(),
                                each.proposer()))
                .map(Event.Energy::new);
    }

    private static Optional<Event> grownValidator(State state) {
        return state.governance().validators().stream()
                .findFirst()
                .map(each -> new Validator(each.key(), each.power() + 1, each.name()))
                .map(ValidatorSeated::new)
                .map(Event.Governance::new);
    }

    /// An execution that is broken in what it makes of a passkey's assertion.
    private static Execution.Maker trusting(UnaryOperator<PasskeyVerdict> breakage) {
        return (genesis, rule) ->
                Execution.Maker.OWN.of(
                        genesis,
                        new SignatureRule() {
                            @Override
                            public boolean isValid(SignerKey key) {
                                return rule.isValid(key);
                            }

                            @Override
                            public boolean holds(
                                    SignerKey key, byte[] message, ByteString signature) {
                                return rule.holds(key, message, signature);
                            }

                            @Override
                            public PasskeyVerdict passkey(
                                    SignerKey key,
                                    byte[] challenge,
                                    RelyingParty site,
                                    PasskeyAssertion assertion) {
                                return breakage.apply(
                                        rule.passkey(key, challenge, site, assertion));
                            }
                        });
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
        Set<Digest> executed = new HashSet<>();
        return (genesis, rule) -> {
            Execution own = Execution.Maker.OWN.of(genesis, rule);
            return (state, moment, bundles) -> {
                boolean forgets = moment.height() == 3 && !executed.add(genesis.hash());
                return own.execute(state, moment, forgets ? List.of() : bundles);
            };
        };
    }

    @FunctionalInterface
    private interface Breakage {
        Draft.Sealed execute(Execution own, State state, Moment moment, List<byte[]> bundles);
    }
}
