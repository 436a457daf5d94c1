package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceState;
import mitoyen.ledger.governance.GovernanceState.PowerChange;
import mitoyen.ledger.governance.Seat;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateBuilder;
import mitoyen.ledger.machine.StateEntries;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.StatePart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-173 to LE-178 with changes and evidence drawn from a seed: the ledger and [NaiveCouncil] give
/// the same answers and the same validators; what an engine is told makes the same of what it had;
/// from the events alone, and from the entries of a snapshot, comes the same state (LE-53, LE-157).
final class RandomCouncilTest {
    private static final int BLOCKS = 600;
    private static final List<String> NAMES = IntStream.range(0, 9).mapToObj(i -> "v" + i).toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void twoCouncilsAgree(long seed) throws CborException {
        Random random = new Random(seed);
        AccountScript ledger = new AccountScript(SharedLedger.genesis("v0", "v1", "v2"));
        NaiveCouncil naive = new NaiveCouncil(List.of("v0", "v1", "v2"));
        StateMachine machine = new StateMachine(ledger.genesis);
        State fromEvents = ledger.state();
        Map<SignerKey, Long> engine = engine(ledger.state().governance());
        Set<String> answers = new TreeSet<>();
        List<String> renewed = new ArrayList<>(NAMES);
        for (int block = 1; block <= BLOCKS; block++) {
            GovernanceState before = ledger.state().governance();
            List<Evidence> evidence = new ArrayList<>();
            while (random.nextInt(12) == 0) {
                String name = pick(random, renewed);
                naive.accuse(name, block);
                evidence.add(SharedLedger.evidence(name, block));
            }
            String name = pick(random, renewed);
            long power = block % 100 < 50 && random.nextInt(4) > 0 ? 0 : power(random);
            String by = List.of("c1,c2", "c1,c2,c3", "c2,c3", "c1").get(random.nextInt(4));
            String line = "council seats " + name + " power=" + power + " signed by " + by;
            Moment moment = ledger.begin("at " + (block / 60) + ":" + (block % 60) + " " + line);
            Draft.Sealed sealed =
                    ledger.execute(
                            moment,
                            List.of(
                                    SharedLedger.notice(block, evidence.toArray(new Evidence[0])),
                                    Bundle.of(List.of(ledger.signed(line, moment))).toBytes()));
            String expected =
                    "noticed, ".repeat(evidence.size())
                            + naive.change(!by.equals("c1"), name, power);
            String what = "seed " + seed + ", block " + block + ": " + line;
            assertThat(ledger.answer(sealed)).as(what).isEqualTo(expected);
            answers.add(expected.replace("noticed, ", ""));
            GovernanceState now = ledger.state().governance();
            agree(now, naive, what);
            now.changesSince(before).forEach(change -> tell(engine, change));
            assertThat(engine).as(what).isEqualTo(engine(now));
            for (Event event : sealed.events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root()).as(what).isEqualTo(ledger.state().root());
            if (block % 50 == 0) {
                assertThat(restored(ledger.state()).root()).isEqualTo(sealed.stateRoot());
                renewed.replaceAll(each -> naive.guilty.containsKey(each) ? each + "x" : each);
            }
        }
        assertThat(answers)
                .as("seed %d", seed)
                .contains(
                        "accepted",
                        "NOT_THE_COUNCIL at step 0",
                        "POWER_OUT_OF_RANGE at step 0",
                        "VALIDATOR_NOT_FOUND at step 0",
                        "LAST_VALIDATOR at step 0",
                        "VALIDATOR_BARRED at step 0");
    }

    private static void agree(GovernanceState state, NaiveCouncil naive, String what) {
        assertThat(
                        state.validators().stream()
                                .collect(Collectors.toMap(Validator::name, Validator::power)))
                .as(what)
                .isEqualTo(naive.powers);
        assertThat(state.seats().size()).as(what).isEqualTo(naive.remembered().size());
        naive.guilty.forEach((name, height) -> {
            Seat seat = state.findSeat(SharedLedger.address(name)).orElseThrow();
            assertThat(seat.offence().orElseThrow().evidence().height()).as(what).isEqualTo(height);
        });
    }

    /// Tells an engine of a change, which is one.
    private static void tell(Map<SignerKey, Long> engine, PowerChange change) {
        assertThat(engine.getOrDefault(change.key(), 0L)).isNotEqualTo(change.power());
        if (change.power() == 0) {
            engine.remove(change.key());
        } else {
            engine.put(change.key(), change.power());
        }
    }

    private static Map<SignerKey, Long> engine(GovernanceState state) {
        Map<SignerKey, Long> powers = new HashMap<>();
        state.validators().forEach(each -> powers.put(each.key(), each.power()));
        return powers;
    }

    private static State restored(State state) throws CborException {
        StateBuilder builder = new StateBuilder();
        List<CborException> refused = new ArrayList<>();
        Set<StatePart> parts = new TreeSet<>();
        StateEntries.forEach(
                state,
                (part, key, value) -> {
                    parts.add(part);
                    try {
                        builder.add(part, key, value);
                    } catch (CborException impossible) {
                        refused.add(impossible);
                    }
                });
        assertThat(refused).isEmpty();
        assertThat(parts).contains(StatePart.VALIDATORS);
        return builder.build();
    }

    private static String pick(Random random, List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    /// Mostly a little or nothing, and whatever is at an end.
    private static long power(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 1L << 40;
            case 1 -> (1L << 40) + 1;
            case 2 -> -1;
            case 3, 4, 5 -> 0;
            default -> 1 + random.nextInt(100);
        };
    }
}
