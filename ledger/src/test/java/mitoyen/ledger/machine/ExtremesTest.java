package mitoyen.ledger.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import mitoyen.ledger.cbor.CborException;
import org.junit.jupiter.api.Test;

/// LE-99: whatever the parameters that LE-151 allows, and whatever is asked for, a transaction is
/// executed or gives a reason. Nothing overflows, and no invariant breaks.
class ExtremesTest {
    private static final long SEEDS = 200;
    private static final int BLOCKS = 60;

    @Test
    void nothingThrowsUnderExtremeParametersAmountsAndTimes() {
        Set<String> happened = new TreeSet<>();
        LongStream.range(0, SEEDS).forEach(seed -> run(seed, happened));
        // Otherwise what is asked for is refused before anything is reckoned.
        assertThat(happened)
                .contains(
                        "AccountOpened",
                        "Activated",
                        "AssetCreated",
                        "CommunityFounded",
                        "DayProposed",
                        "DaySettled",
                        "Delegated",
                        "Expired",
                        "GuardiansSet",
                        "IdsForgotten",
                        "LimitSet",
                        "MonthClaimed",
                        "Moved",
                        "Reserved",
                        "TimerFired",
                        "Transferred",
                        "ValidatorPunished",
                        "ValidatorSeated");
    }

    private static void run(long seed, Set<String> happened) {
        ExtremeLedger ledger = new ExtremeLedger(seed);
        try {
            assertThat(Genesis.decode(ledger.genesis().toBytes())).isEqualTo(ledger.genesis());
            StateMachine machine = new StateMachine(ledger.genesis());
            State state = machine.initialState();
            for (int block = 0; block < BLOCKS; block++) {
                Draft.Sealed sealed = ledger.next(machine, state);
                sealed.events().forEach(event -> happened.add(name(event)));
                state = sealed.state();
            }
            FullScan.check(state);
        } catch (RuntimeException | CborException thrown) {
            throw new AssertionError("seed " + seed, thrown);
        }
    }

    private static String name(Event event) {
        return switch (event) {
            case Event.Account(var of) -> of.getClass().getSimpleName();
            case Event.Energy(var of) -> of.getClass().getSimpleName();
            case Event.Governance(var of) -> of.getClass().getSimpleName();
            default -> event.getClass().getSimpleName();
        };
    }
}
