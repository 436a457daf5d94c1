package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-156 and LE-157: a state as a list of entries, and the state that they make again.
final class StateEntriesTest {
    private static final int BLOCKS = 250;

    /// The restored state has the same root and goes on in the same way: what follows from its
    /// entries, such as the order of timers and the sums of assets, is there again.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aStateMadeOfItsEntriesGoesOnAsTheOther(long seed) throws CborException {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(seed);
        State state = machine.initialState();
        State restored = restored(entries(state));
        SortedSet<StatePart> seen = new TreeSet<>();
        for (int block = 1; block <= BLOCKS; block++) {
            RandomLedger.Block next = ledger.next();
            Draft.Sealed one = next.execute(machine, state);
            Draft.Sealed other = next.execute(machine, restored);
            assertThat(other.outcomes())
                    .as("seed %d block %d", seed, block)
                    .isEqualTo(one.outcomes());
            assertThat(other.stateRoot()).as("seed %d", seed).isEqualTo(one.stateRoot());
            state = one.state();
            restored = other.state();
            if (block % 10 == 0) {
                List<Row> rows = entries(restored);
                rows.forEach(row -> seen.add(row.part()));
                restored = restored(rows);
                assertThat(restored.root()).isEqualTo(state.root());
                assertThat(entries(restored)).isEqualTo(rows);
            }
        }
        assertThat(seen)
                .as("parts that had entries")
                .contains(
                        StatePart.ACCOUNTS,
                        StatePart.COMMUNITIES,
                        StatePart.DAYS,
                        StatePart.MONTHS,
                        StatePart.HOLDERS,
                        StatePart.ASSETS,
                        StatePart.LIMITS,
                        StatePart.PENDING,
                        StatePart.SENDERS,
                        StatePart.IDS,
                        StatePart.TIMERS);
    }

    /// LE-156: by part, and in each by place.
    @Test
    void entriesComeByPart() {
        List<StatePart> parts = entries(someState()).stream().map(Row::part).toList();
        assertThat(parts).isSorted();
    }

    /// A version 1 ledger's ids, and two activations.
    @Test
    void whatOnlyOlderLedgersHold() throws CborException {
        Event taken =
                new Event.TransactionAccepted(
                        new TransactionId(ByteString.of(new byte[TransactionId.LENGTH])),
                        RandomLedger.genesis().hash());
        Event activated = new Event.Activated(new Activation(2, 9, Parameters.STANDARD));
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        Event later = new Event.Activated(new Activation(3, 12, Parameters.STANDARD));
        State state =
                machine.apply(machine.apply(machine.apply(State.INITIAL, taken), activated), later);
        State restored = restored(entries(state));
        assertThat(restored.root()).isEqualTo(state.root()).isNotEqualTo(State.INITIAL.root());
        assertThat(restored.activations()).isEqualTo(state.activations());
    }

    /// Whatever is left out, twice, in another order, under another key or changed is refused or
    /// gives another root.
    @Test
    void anyOtherListIsRefusedOrAnotherState() {
        State state = someState();
        List<Row> rows = entries(state);
        Random random = new Random(5);
        for (int attempt = 0; attempt < 600; attempt++) {
            int at = random.nextInt(rows.size());
            List<Row> changed = new ArrayList<>(rows);
            switch (attempt % 6) {
                case 0 -> changed.remove(at);
                case 1 -> changed.add(at, rows.get(at));
                case 2 -> Collections.swap(changed, at, at == 0 ? 1 : at - 1);
                case 3 -> changed.set(at, rows.get(at).withBit(random));
                case 4 -> changed.set(at, rows.get(at).under(rows.get(at == 0 ? 1 : at - 1).key()));
                default -> changed.set(at, rows.get(at).cut());
            }
            assertThat(isTaken(changed, state)).as("attempt %d at %d", attempt, at).isFalse();
        }
    }

    @Test
    void sumsThatNoLedgerComesTo() {
        List<Row> rows = new ArrayList<>();
        for (Row row : entries(someState())) {
            rows.add(row.part() == StatePart.ACCOUNTS ? row.ofTheMost() : row);
        }
        assertThatThrownBy(() -> restored(rows)).isInstanceOf(CborException.class);
    }

    private static boolean isTaken(List<Row> rows, State as) {
        try {
            return restored(rows).root().equals(as.root());
        } catch (CborException refused) {
            return false;
        }
    }

    private static State someState() {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(1);
        State state = machine.initialState();
        for (int block = 1; block <= 100; block++) {
            state = ledger.next().execute(machine, state).state();
        }
        return state;
    }

    private static List<Row> entries(State state) {
        List<Row> rows = new ArrayList<>();
        StateEntries.forEach(
                state, (part, key, value) -> rows.add(new Row(part, key, ByteString.of(value))));
        return rows;
    }

    private static State restored(List<Row> rows) throws CborException {
        StateBuilder builder = new StateBuilder();
        for (Row row : rows) {
            builder.add(row.part(), row.key(), row.value().toBytes());
        }
        return builder.build();
    }

    private record Row(StatePart part, ByteString key, ByteString value) {
        Row withBit(Random random) {
            byte[] bytes = value.toBytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return new Row(part, key, ByteString.of(bytes));
        }

        Row under(ByteString other) {
            return new Row(part, other, value);
        }

        Row cut() {
            return new Row(part, key, ByteString.of(value.toBytes(), 0, value.length() - 1));
        }

        /// With the greatest total that there is, where it has one of four bytes.
        Row ofTheMost() {
            String hex = value.toString();
            return new Row(
                    part,
                    key,
                    ByteString.parseHex(
                            hex.replaceFirst("(706f73746564)1a.{8}", "$11b7fffffffffffffff")));
        }
    }
}
