package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import org.junit.jupiter.api.Test;

/// LE-159: what must hold of a state, worked out from its entries, in states that a random ledger
/// comes to; and each way in which one of them would not hold.
final class FullScanTest {
    private static final int BLOCKS = 250;

    @Test
    void itHoldsInEveryStateThatALedgerComesTo() {
        int pending = 0;
        for (long seed = 1; seed <= 4; seed++) {
            StateMachine machine = new StateMachine(RandomLedger.genesis());
            RandomLedger ledger = new RandomLedger(seed);
            State state = machine.initialState();
            for (int block = 1; block <= BLOCKS; block++) {
                state = ledger.next().execute(machine, state).state();
                if (block % 10 == 0) {
                    FullScan.check(state);
                }
            }
            pending += state.timers().size();
        }
        assertThat(pending).isPositive();
    }

    @Test
    void aTimerTooManyOrTooFew() {
        State state = state();
        Timer due = state.timers().due(Long.MAX_VALUE, 1).getFirst();
        Timer another = new Timer(due.dueMillis() + 1, due.subject());
        for (Timers wrong :
                new Timers[] {state.timers().without(due), state.timers().with(another)}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> FullScan.check(state.with(wrong)))
                    .withMessageContaining("one timer each");
        }
    }

    @Test
    void aPendingTransferThatIsNoneOfTheAccounts() {
        State state = state();
        AccountState account = state.account();
        var some = account.pending().entries().stream().findFirst().orElseThrow();
        State wrong = rebuilt(state, StatePart.PENDING, some.key());
        assertThatIllegalStateException()
                .isThrownBy(() -> FullScan.check(wrong))
                .withMessageContaining("is what is reserved");
    }

    @Test
    void anAccountThatIsMissing() {
        State state = state();
        SortedSet<ByteString> found = new TreeSet<>();
        state.accounts()
                .entries()
                .forEach((key, account) -> {
                    if (account.debitsPosted().equals(account.creditsPosted())) {
                        return;
                    }
                    State wrong = rebuilt(state, StatePart.ACCOUNTS, key);
                    assertThatIllegalStateException().isThrownBy(() -> FullScan.check(wrong));
                    found.add(key);
                });
        assertThat(found).hasSizeGreaterThan(1);
        assertThatCode(() -> FullScan.check(state)).doesNotThrowAnyException();
    }

    /// A state as its entries make it, one of them left out.
    private static State rebuilt(State state, StatePart part, ByteString left) {
        try {
            StateBuilder builder = new StateBuilder();
            List<Row> rows = new ArrayList<>();
            StateEntries.forEach(state, (of, key, value) -> rows.add(new Row(of, key, value)));
            for (Row row : rows) {
                if (row.part() != part || !row.key().equals(left)) {
                    builder.add(row.part(), row.key(), row.value());
                }
            }
            return builder.build();
        } catch (CborException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A state in which something is pending.
    private static State state() {
        StateMachine machine = new StateMachine(RandomLedger.genesis());
        RandomLedger ledger = new RandomLedger(7);
        State state = machine.initialState();
        for (int block = 1; block <= BLOCKS || state.timers().size() == 0; block++) {
            state = ledger.next().execute(machine, state).state();
        }
        return state;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Row(StatePart part, ByteString key, byte[] value) {}
}
