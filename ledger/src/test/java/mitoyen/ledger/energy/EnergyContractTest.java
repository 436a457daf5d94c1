package mitoyen.ledger.energy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// LE-40: the contract decides whatever a transaction can hold, and what it accepts can be applied.
final class EnergyContractTest {
    private static final Asset EUR = new Asset("EUR");
    private static final SignerKey KEY = new SignerKey(bytes(SignerKey.LENGTH, 1));
    private static final SortedSet<SignerKey> SIGNERS =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of(KEY)));
    private static final long[] EXTREMES = {
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -Asset.CENT,
        -1,
        0,
        1,
        2,
        Asset.CENT,
        1_759_276_800_000L,
        1_759_363_200_000L,
        Long.MAX_VALUE / Asset.CENT * Asset.CENT,
        Long.MAX_VALUE / 2 / Asset.CENT * Asset.CENT,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };
    private static final LocalDate DAY = LocalDate.of(2025, 10, 1);

    private final EnergyContract contract = new EnergyContract(KEY, 10);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyExtremeIsDecidedAndWhatIsAcceptedAddsUp(long seed) {
        Random random = new Random(seed);
        EnergyState state = EnergyState.NONE;
        Accounts accounts = Accounts.NONE;
        int accepted = 0;
        for (int step = 0; step < 20_000; step++) {
            EnergyTransaction transaction = random(random, state);
            EnergyDecision decision =
                    contract.decide(state, accounts, height(random), SIGNERS, transaction);
            if (decision instanceof EnergyDecision.Accepted(var events, var transfers)) {
                accepted++;
                for (EnergyEvent event : events) {
                    state = contract.apply(state, event);
                }
                for (Transfer transfer : transfers) {
                    accounts = accounts.after(transfer);
                }
            }
        }
        assertThat(accepted).as("seed %d", seed).isGreaterThan(20);
        assertThat(accounts.totals(EUR).debits()).isEqualTo(accounts.totals(EUR).credits());
        assertThat(accounts.balance(account(1), EUR)).as("clearing").isEqualTo(Amount.ZERO);
    }

    /// LE-31.
    @Test
    void theStateRemembersEachDayAndTheMonthsThatHaveOne() {
        EnergyState state = found(EnergyState.NONE);
        for (String day : List.of("2025-11-02", "2025-10-31", "2025-11-01")) {
            state = settle(state, LocalDate.parse(day));
            assertThat(state.findDay("a", LocalDate.parse(day)).orElseThrow().day())
                    .hasToString(day);
        }
        assertThat(state.findDay("a", DAY)).isEmpty();
        assertThat(state.findDay("b", LocalDate.parse("2025-11-01"))).isEmpty();
        assertThat(state.findMonth("a", "2025-10")).isPresent();
        assertThat(state.findMonth("a", "2025-11")).isPresent();
        assertThat(state.findMonth("a", "2025-12")).isEmpty();
    }

    /// LE-39: a settlement that replaces another keeps what was claimed for the month.
    @Test
    void aCorrectedDayKeepsTheNumberOfItsMonthsClaims() {
        EnergyState state = settle(found(EnergyState.NONE), DAY);
        ClaimMonth claim = new ClaimMonth("a", "2025-10", 1, 2, List.of());
        state = contract.apply(state, new EnergyEvent.MonthClaimed(claim));
        state = settle(state, DAY);
        assertThat(state.findMonth("a", "2025-10"))
                .contains(new EnergyState.ClaimedMonth("a", "2025-10", 1, 2));
    }

    /// LE-41: what may pass later is what other transactions can mend.
    @Test
    void whatMayPassLaterIsWhatOthersCanMend() {
        assertThat(Stream.of(EnergyRejection.values()).filter(EnergyRejection::mayPassLater))
                .containsExactly(
                        EnergyRejection.COMMUNITY_NOT_FOUND,
                        EnergyRejection.DAY_NOT_SETTLED,
                        EnergyRejection.SUPERSEDES_ANOTHER,
                        EnergyRejection.MONTH_NOT_SETTLED,
                        EnergyRejection.CLAIM_OUT_OF_TURN,
                        EnergyRejection.THROUGH_OUT_OF_RANGE,
                        EnergyRejection.PROPOSAL_NOT_FOUND,
                        EnergyRejection.READINGS_NOT_ATTESTED);
    }

    /// LE-154: under pinned local days, a span of another day is refused, in its place in the
    /// order.
    @Test
    void aSpanLiesInTheLocalDayThatItNames() {
        EnergyContract local =
                new EnergyContract(
                        KEY, 10, Optional.of(new LocalDayTable("UTC+1", 3_600, List.of())));
        EnergyState state = found(EnergyState.NONE);
        long start = Instant.parse("2025-09-30T23:00:00Z").toEpochMilli();
        long end = start + 86_400_000;
        assertThat(decide(local, state, start, end, 96))
                .isInstanceOf(EnergyDecision.Accepted.class);
        for (long shift : List.of(-1L, 1L)) {
            assertThat(decide(local, state, start + shift, end + shift, 96))
                    .isEqualTo(new EnergyDecision.Refused(EnergyRejection.SPAN_IN_ANOTHER_DAY));
            assertThat(decide(local, state, start + shift, end + shift, 0))
                    .isEqualTo(new EnergyDecision.Refused(EnergyRejection.INTERVALS_OUT_OF_RANGE));
            assertThat(decide(contract, state, start + shift, end + shift, 96))
                    .isInstanceOf(EnergyDecision.Accepted.class);
        }
    }

    private static EnergyDecision decide(
            EnergyContract contract, EnergyState state, long start, long end, int intervals) {
        Digest root = digest(1);
        SettleDay settlement =
                new SettleDay(
                        "a",
                        DAY,
                        start,
                        end,
                        intervals,
                        Optional.empty(),
                        root,
                        root,
                        root,
                        new Totals.Committed(root));
        return contract.decide(state, Accounts.NONE, 2, SIGNERS, settlement);
    }

    private EnergyState found(EnergyState state) {
        return contract.apply(state, new EnergyEvent.CommunityFounded(founding("a")));
    }

    private EnergyState settle(EnergyState state, LocalDate day) {
        Digest root = digest(1);
        SettleDay settlement =
                new SettleDay(
                        "a",
                        day,
                        0,
                        86_400_000,
                        96,
                        Optional.empty(),
                        root,
                        root,
                        root,
                        new Totals.Committed(root));
        return contract.apply(state, new EnergyEvent.DaySettled(settlement));
    }

    private static EnergyTransaction random(Random random, EnergyState state) {
        return switch (random.nextInt(8)) {
            case 0 -> founding(random.nextBoolean() ? "a" : "\uD83C\uDF1E/");
            case 1, 2 -> settlement(random);
            default -> claim(random, state);
        };
    }

    private static FoundCommunity founding(String community) {
        return new FoundCommunity(
                community, KEY, EUR, digest(1), account(1), account(2), account(3));
    }

    private static SettleDay settlement(Random random) {
        Totals totals =
                random.nextInt(3) == 0
                        ? new Totals.Committed(digest(1))
                        : new Totals.Published(
                                number(random),
                                new Energy(extreme(random)),
                                new Energy(extreme(random)),
                                new Energy(extreme(random)),
                                new Energy(extreme(random)),
                                random.nextBoolean());
        return new SettleDay(
                "a",
                random.nextInt(9) == 0 ? LocalDate.MAX : DAY.plusDays(random.nextInt(60)),
                random.nextInt(4) == 0 ? extreme(random) : 0,
                random.nextInt(4) == 0 ? extreme(random) : 86_400_000,
                random.nextInt(4) == 0 ? number(random) : 96,
                random.nextBoolean() ? Optional.empty() : Optional.of(digest(random.nextInt(2))),
                digest(1),
                digest(random.nextInt(2)),
                digest(1),
                totals);
    }

    /// Amounts whose sum is 0 about half of the time.
    private static ClaimMonth claim(Random random, EnergyState state) {
        long amount = extreme(random);
        List<Claim> claims =
                random.nextBoolean()
                        ? List.of(
                                new Claim(account(4), new Money(amount)),
                                new Claim(account(5), new Money(-amount)))
                        : List.of(
                                new Claim(account(random.nextInt(6)), new Money(amount)),
                                new Claim(account(5), new Money(extreme(random))));
        String month = random.nextBoolean() ? "2025-10" : "2025-11";
        EnergyState.ClaimedMonth last =
                state.findMonth("a", month)
                        .orElseGet(() -> new EnergyState.ClaimedMonth("a", month, 0, 0));
        return new ClaimMonth(
                "a",
                month,
                random.nextInt(4) == 0 ? number(random) : last.number() + 1,
                random.nextInt(4) == 0 ? extreme(random) : last.through() + 1,
                claims);
    }

    private static long height(Random random) {
        return random.nextInt(4) == 0 ? extreme(random) : 1_000_000;
    }

    private static long extreme(Random random) {
        return EXTREMES[random.nextInt(EXTREMES.length)];
    }

    private static int number(Random random) {
        int[] numbers = {Integer.MIN_VALUE, -1, 0, 1, 12, 96, Integer.MAX_VALUE};
        return numbers[random.nextInt(numbers.length)];
    }

    private static AccountId account(int number) {
        return new AccountId(bytes(AccountId.LENGTH, number));
    }

    private static Digest digest(int number) {
        return new Digest(bytes(Digest.LENGTH, number));
    }

    private static ByteString bytes(int length, int first) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) first;
        return ByteString.of(bytes);
    }
}
