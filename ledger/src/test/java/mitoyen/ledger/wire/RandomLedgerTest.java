package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountRejection;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// LE-90 to LE-130 with transactions of all kinds, drawn from a seed, with the greatest and the
/// least numbers among them: the ledger and [NaiveLedger] give the same answers, balances and
/// pending transfers; the events alone give the same root (LE-53); nothing throws (LE-99).
final class RandomLedgerTest {
    private static final int BLOCKS = 1_000;

    static Stream<Long> seeds() {
        return Stream.iterate(20_260_101L, seed -> seed + 1).limit(6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoLedgersAgree(long seed) {
        Genesis genesis = AccountLine.genesis(AccountScript.SMALL);
        BlockExecution execution = new BlockExecution(genesis);
        StateMachine machine = new StateMachine(genesis);
        NaiveLedger naive = new NaiveLedger(genesis);
        RandomTransactions random = new RandomTransactions(seed, genesis, naive);
        State state = execution.initialState();
        State fromEvents = state;
        Map<String, Integer> counts = new TreeMap<>();
        for (long height = 1; height <= BLOCKS; height++) {
            Moment moment = new Moment(height, random.nextTime());
            Draft draft = execution.draft(state, moment);
            draft.begin();
            List<String> expected = new ArrayList<>(naive.begin(moment.timeMillis()));
            List<VerifiedTransaction> sent = random.transactions(moment);
            for (VerifiedTransaction transaction : sent) {
                draft.execute(Sha256.of(), transaction);
                expected.add(naive.execute(height, transaction));
            }
            Draft.Sealed sealed = draft.seal();
            state = sealed.state();
            List<String> answers =
                    sealed.outcomes().stream().map(each -> answer(each.receipt())).toList();
            assertThat(answers).as("seed %d, block %d: %s", seed, height, sent).isEqualTo(expected);
            answers.forEach(answer -> counts.merge(answer.split(" ", -1)[0], 1, Integer::sum));
            for (Event event : sealed.events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root())
                    .as("seed %d, block %d", seed, height)
                    .isEqualTo(sealed.stateRoot());
            agree(state, naive, "seed " + seed + ", block " + height);
        }
        assertThat(counts.get("accepted")).as("%s", counts).isGreaterThan(BLOCKS / 8);
        assertThat(counts).as("seed %d", seed).containsKeys("fires", "exists", "ID_BURNT");
    }

    /// The runs reach every reason, one way or the other.
    @Test
    void everyReasonIsReached() {
        Set<String> reached = new TreeSet<>();
        seeds().forEach(seed -> {
            Genesis genesis = AccountLine.genesis(AccountScript.SMALL);
            NaiveLedger naive = new NaiveLedger(genesis);
            RandomTransactions random = new RandomTransactions(seed, genesis, naive);
            for (long height = 1; height <= BLOCKS; height++) {
                Moment moment = new Moment(height, random.nextTime());
                naive.begin(moment.timeMillis());
                for (VerifiedTransaction each : random.transactions(moment)) {
                    reached.add(naive.execute(height, each).split(" ", -1)[0]);
                }
            }
        });
        Set<String> all = new TreeSet<>();
        for (AccountRejection reason : AccountRejection.values()) {
            all.add(reason.name());
        }
        assertThat(reached).containsAll(all);
    }

    private static void agree(State state, NaiveLedger naive, String when) {
        for (String name : RandomTransactions.ACCOUNTS) {
            for (Asset asset : RandomTransactions.ASSETS) {
                Account held = state.accounts().account(LedgerScript.account(name), asset);
                NaiveAccounts.Totals other = naive.totals(LedgerScript.account(name), asset);
                assertThat(
                                List.of(
                                        held.debitsPending().toString(),
                                        held.debitsPosted().toString(),
                                        held.creditsPending().toString(),
                                        held.creditsPosted().toString()))
                        .as("%s: %s %s", when, name, asset)
                        .containsExactly(
                                other.owed().toString(),
                                other.paid().toString(),
                                other.promised().toString(),
                                other.got().toString());
            }
        }
        naive.holds.forEach((id, hold) -> {
            PendingTransfer found = state.account().pending().find(id).orElseThrow();
            assertThat(found.transfer().amount().toString())
                    .as(when)
                    .isEqualTo(hold.amount().toString());
            assertThat(found.expiresMillis()).as(when).isEqualTo(hold.expires());
        });
        long recoveries =
                naive.owners.values().stream().filter(each -> each.recovery().isPresent()).count();
        assertThat(state.timers().size()).as(when).isEqualTo(naive.holds.size() + (int) recoveries);
    }

    private static String answer(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _ -> "accepted";
            case Receipt.Exists _ -> "exists";
            case Receipt.Rejected(_, var rejection, var step) ->
                    step.isPresent()
                            ? rejection.name() + " at step " + step.getAsInt()
                            : rejection.name();
            case Receipt.Noticed _ -> throw new IllegalStateException("a ledger of one node");
            case Receipt.Fired(var key) ->
                    "fires " + key.at(Long.BYTES) + " " + about(key.toBytes());
        };
    }

    private static ByteString about(byte[] key) {
        return ByteString.of(key, Long.BYTES + 1, key.length);
    }
}
