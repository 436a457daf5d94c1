package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.FullScan;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StateBuilder;
import mitoyen.ledger.machine.StateEntries;
import mitoyen.ledger.machine.StateMachine;
import mitoyen.ledger.machine.StatePart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LE-180 to LE-188 with proposals, attestations, dissents, claims and objections drawn from a
/// seed: the ledger and [NaiveSettlers] give the same answers, days, claims and balances;
/// everything holds that must of the whole state; from the events alone (LE-53), and from the
/// entries of a snapshot (LE-157), comes the same state.
final class RandomSettlersTest {
    private static final int BLOCKS = 2_000;
    private static final long WAIT = 3_600_000;
    private static final List<String> SETTLERS = List.of("s1", "s2", "s3", "s4");
    private static final List<Integer> CALM = List.of(2, 3, 4, 5, 6, 8, 9, 10);
    private static final List<String> DAYS = List.of("2025-10-01", "2025-10-02");

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "5, 3"})
    void twoCommunitiesAgree(long seed, int quorum) throws CborException {
        Run run = new Run(seed, quorum);
        for (int block = 0; block < BLOCKS; block++) {
            run.step("seed " + seed + ", block " + block);
        }
        assertThat(run.answers)
                .as("seed %d", seed)
                .contains(
                        "accepted",
                        "NOT_SIGNED_BY_SETTLER",
                        "DAY_ALREADY_SETTLED",
                        "SUPERSEDES_ANOTHER",
                        "PROPOSED_ALREADY",
                        "PROPOSAL_NOT_FOUND",
                        "READINGS_NOT_ATTESTED",
                        "ATTESTED_ALREADY",
                        "DISSENT_AGREES",
                        "CLAIM_OUT_OF_TURN");
        assertThat(run.naive.number).as("seed %d: claims that were made", seed).isGreaterThan(10);
        assertThat(run.naive.settled).hasSize(2);
        assertThat(run.parts).contains(StatePart.PROPOSALS, StatePart.OPEN_CLAIMS);
    }

    /// A ledger, its model, and what is drawn.
    private static final class Run {
        private final Random random;
        private final AccountScript ledger = new AccountScript(Parameters.STANDARD);
        private final StateMachine machine = new StateMachine(ledger.genesis);
        private final NaiveSettlers naive;
        private final Set<String> answers = new TreeSet<>();
        private final Set<StatePart> parts = new TreeSet<>();
        private State fromEvents;
        private long timeMillis = AccountScript.time("1d8:00");

        Run(long seed, int quorum) {
            this.random = new Random(seed);
            this.naive = new NaiveSettlers(SETTLERS, quorum, WAIT);
            ledger.run("at 1d7:00 founder opens s1; opens s2; opens s3; opens s4; opens ana");
            ledger.run(
                    "founder founds solaire settlers=s1,s2,s3,s4 objection="
                            + WAIT
                            + " quorum="
                            + quorum);
            fromEvents = ledger.state();
        }

        void step(String what) throws CborException {
            timeMillis += 1 + random.nextInt(400_000);
            String fires = "fires claims, ".repeat(naive.pass(timeMillis));
            String line = "";
            String expected = "";
            String who = random.nextInt(30) == 0 ? "ana" : pick(SETTLERS);
            switch (calm() ? pick(CALM) : random.nextInt(12)) {
                case 0, 1 -> {
                    String day = pick(DAYS);
                    String allocations = "a" + random.nextInt(3);
                    String current = naive.settled.getOrDefault(day, "");
                    String replaces = random.nextInt(3) == 0 ? pick(List.of("", "a9")) : current;
                    String content =
                            "readings=r"
                                    + random.nextInt(2)
                                    + " allocations="
                                    + allocations
                                    + (replaces.isEmpty() ? "" : " supersedes=" + replaces);
                    line = who + " settles solaire " + day + " " + content;
                    expected = naive.settle(who, day, content, allocations, replaces);
                }
                case 2, 3, 4, 5, 6 -> {
                    String day = pick(DAYS);
                    String of =
                            naive.days.getOrDefault(day, Map.of()).keySet().stream()
                                    .filter(_ -> calm())
                                    .min(String::compareTo)
                                    .orElse(pick(SETTLERS));
                    String content = contentOf(naive.days.getOrDefault(day, Map.of()), of);
                    String kind = pick(List.of("readings", "allocations"));
                    line = who + " attests solaire " + day + " of=" + of + " on=" + kind;
                    line += " " + content;
                    expected = naive.attest(who, day, of, content, kind);
                }
                case 7 -> {
                    String day = pick(DAYS);
                    String of = pick(SETTLERS);
                    String content = contentOf(naive.days.getOrDefault(day, Map.of()), of);
                    String kind = pick(List.of("readings", "allocations"));
                    String root = pick(List.of("r0", "r1", "a0", "a1", "other"));
                    boolean agrees = List.of(content.split(" ", -1)).contains(kind + "=" + root);
                    line = who + " dissents solaire " + day + " of=" + of + " on=" + kind;
                    line += " root=" + root + " index=" + random.nextInt(9) + " " + content;
                    expected = naive.dissent(who, day, of, content, kind, agrees);
                }
                case 8 -> {
                    long height = ledger.height() + 1;
                    int number = naive.number + 1 + (random.nextInt(4) == 0 ? 1 : 0);
                    long through = random.nextInt(8) == 0 ? height : height - 1;
                    long euro = 1L + random.nextInt(2);
                    String content =
                            "number=%d through=%d ana=%d.00 bea=-%d.00"
                                    .formatted(number, through, euro, euro);
                    if (random.nextInt(8) == 0) {
                        content = contentOf(naive.claims, who);
                        number = option(content, "number", number);
                        through = option(content, "through", (int) through);
                        euro = content.contains("ana=1.00") ? 1 : content.contains("ana") ? 2 : 0;
                    }
                    line = who + " claims solaire 2025-10 " + content;
                    expected = naive.claim(who, content, number, through, euro, height, timeMillis);
                }
                case 9, 10 -> {
                    String of = pick(SETTLERS);
                    String content = contentOf(naive.claims, of);
                    line = who + " confirms solaire 2025-10 of=" + of + " " + content;
                    expected = naive.confirm(who, of, content);
                }
                default -> {
                    String of = pick(SETTLERS);
                    String content = contentOf(naive.claims, of);
                    boolean agrees = random.nextInt(5) == 0;
                    line = who + " disputes solaire 2025-10 of=" + of + " " + content;
                    line += agrees ? " agreeing" : " index=0";
                    expected = naive.dispute(who, of, content, agrees);
                }
            }
            play(line, fires, expected, what + ": " + line);
        }

        /// Times in which nobody proposes a day, dissents or objects: then a quorum is had.
        private boolean calm() {
            return ledger.height() % 400 < 300;
        }

        private void play(String line, String fires, String expected, String what)
                throws CborException {
            Draft.Sealed sealed = ledger.execute("at " + timeMillis + " " + line);
            String reason = expected.equals("accepted") ? expected : expected + " at step 0";
            assertThat(ledger.answer(sealed)).as(what).isEqualTo(fires + reason);
            answers.add(expected);
            agree(ledger.state(), what);
            for (Event event : sealed.events()) {
                fromEvents = machine.apply(fromEvents, event);
            }
            assertThat(fromEvents.root()).as(what).isEqualTo(ledger.state().root());
            if (ledger.height() % 20 == 0) {
                FullScan.check(ledger.state());
                assertThat(restored(ledger.state()).root()).isEqualTo(sealed.stateRoot());
            }
        }

        private void agree(State state, String what) {
            EnergyState energy = state.energy();
            for (String day : DAYS) {
                assertThat(
                                energy.findDay("solaire", LocalDate.parse(day))
                                        .map(SettledDay::allocations))
                        .as(what)
                        .isEqualTo(
                                java.util.Optional.ofNullable(naive.settled.get(day))
                                        .map(LedgerScript::digest));
            }
            assertThat(energy.proposals().size())
                    .as(what)
                    .isEqualTo(naive.days.values().stream().mapToInt(Map::size).sum());
            assertThat(energy.openClaims().size()).as(what).isEqualTo(naive.claims.size());
            for (String name : List.of("ana", "bea", "clearing")) {
                assertThat(
                                state.accounts()
                                        .balance(LedgerScript.account(name), new Asset("EUR"))
                                        .units())
                        .as(what)
                        .isEqualTo(1_000_000 * naive.euros.getOrDefault(name, 0L));
            }
        }

        private State restored(State state) throws CborException {
            StateBuilder builder = new StateBuilder();
            List<CborException> refused = new ArrayList<>();
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
            return builder.build();
        }

        /// What is proposed by someone, mostly.
        private String contentOf(Map<String, NaiveSettlers.Matter> open, String of) {
            return open.containsKey(of) && random.nextInt(20) > 0
                    ? open.get(of).content
                    : "readings=r7 number=1 through=7";
        }

        private static int option(String content, String key, int otherwise) {
            for (String word : content.split(" ", -1)) {
                if (word.startsWith(key + "=")) {
                    return Integer.parseInt(word.substring(key.length() + 1));
                }
            }
            return otherwise;
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
