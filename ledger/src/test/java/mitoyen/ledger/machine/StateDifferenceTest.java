package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first entry in which two states differ, against all of their entries laid side by side.
final class StateDifferenceTest {
    private static final List<StatePart> PARTS = List.of(StatePart.values());

    private static final int BLOCKS = 120;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itIsTheFirstOfAllEntriesThatDiffer(long seed) {
        List<State> states = states(seed);
        Random random = new Random(seed);
        SortedSet<StatePart> found = new TreeSet<>();
        for (int round = 0; round < 150; round++) {
            State first = states.get(random.nextInt(states.size()));
            State second = states.get(random.nextInt(states.size()));
            Optional<StateDifference> difference = StateDifference.find(first, second);
            assertThat(difference)
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected(first, second));
            difference.ifPresent(each -> found.add(each.part()));
        }
        assertThat(found).as("parts").hasSizeGreaterThan(1);
    }

    @Test
    void ofTheSameStateThereIsNone() {
        State state = states(7).getLast();
        assertThat(StateDifference.find(state, state)).isEmpty();
    }

    @Test
    void anActivationIsOneToo() {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        Event activated = new Event.Activated(new Activation(2, 9, Parameters.STANDARD));
        State with = machine.apply(State.INITIAL, activated);
        Optional<Digest> hash = Optional.of(Sha256.of(with.activations().toBytes()));
        ByteString none = ByteString.of(new byte[0]);
        assertThat(StateDifference.find(State.INITIAL, with))
                .contains(new StateDifference(StatePart.ACTIVATION, none, Optional.empty(), hash));
        assertThat(StateDifference.find(with, State.INITIAL))
                .contains(new StateDifference(StatePart.ACTIVATION, none, hash, Optional.empty()));
    }

    private static List<State> states(long seed) {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(seed);
        List<State> states = new ArrayList<>();
        State state = machine.initialState();
        for (int block = 1; block <= BLOCKS; block++) {
            state = ledger.next().execute(machine, state).state();
            states.add(state);
        }
        return states;
    }

    /// All entries of both, by part and place.
    private static Optional<StateDifference> expected(State first, State second) {
        SortedMap<String, Row> ones = rows(first);
        SortedMap<String, Row> others = rows(second);
        SortedSet<String> all = new TreeSet<>(ones.keySet());
        all.addAll(others.keySet());
        for (String at : all) {
            Optional<Row> one = Optional.ofNullable(ones.get(at));
            Optional<Row> other = Optional.ofNullable(others.get(at));
            if (!one.equals(other)) {
                Row found = one.or(() -> other).orElseThrow();
                return Optional.of(
                        new StateDifference(
                                found.part(),
                                found.key(),
                                one.map(Row::hash),
                                other.map(Row::hash)));
            }
        }
        return Optional.empty();
    }

    private static SortedMap<String, Row> rows(State state) {
        SortedMap<String, Row> rows = new TreeMap<>();
        StateEntries.forEach(
                state,
                (part, key, value) ->
                        rows.put(place(part, key), new Row(part, key, ByteString.of(value))));
        return rows;
    }

    private static String place(StatePart part, ByteString key) {
        byte[] bytes = key.toBytes();
        boolean inWindow = part == StatePart.IDS;
        ByteString window = ByteString.of(bytes, 0, inWindow ? Long.BYTES : 0);
        ByteString inside = ByteString.of(bytes, window.length(), bytes.length);
        return "%02d %s %s".formatted(PARTS.indexOf(part), window, Sha256.of(inside.toBytes()));
    }

    private record Row(StatePart part, ByteString key, ByteString value) {
        Digest hash() {
            return Sha256.of(value.toBytes());
        }
    }
}
