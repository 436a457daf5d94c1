package mitoyen.ledger.machine;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.SettlementCodec;
import mitoyen.ledger.energy.Settlers;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Energy;
import mitoyen.ledger.quantity.Money;

/// What communities may ask for, with numbers at the ends of their range: one that a key settles,
/// and one with settlers.
final class ExtremeEnergy {
    private static final Digest WHAT = Sha256.of();
    private static final Digest OTHER = Sha256.of(new byte[] {1});
    private static final String MONTH = "2025-10";
    private static final long DAY_MILLIS = 86_400_000;

    private final ExtremeNumbers numbers;
    private AccountId speaker = ExtremeLedger.account(1);
    private AccountId proposer = speaker;
    private SettleDay proposed;
    private AccountId claimant = speaker;
    private ClaimMonth claimed;

    ExtremeEnergy(ExtremeNumbers numbers) {
        this.numbers = numbers;
        this.proposed = sensible("several", LocalDate.EPOCH, DAY_MILLIS);
        this.claimed = claim("several", 1);
    }

    /// In whose name the next is sent.
    AccountId speaker() {
        return speaker;
    }

    EnergyTransaction next(long height, long timeMillis) {
        speaker = ExtremeLedger.account(1 + numbers.below(2));
        String community = numbers.oneOf("one", "several");
        return switch (numbers.below(14)) {
            case 0, 1 -> founding(community);
            case 2, 3, 4 -> {
                SettleDay settlement = settlement(community, timeMillis);
                if (community.equals("one")) {
                    yield settlement;
                }
                proposed = numbers.seldom(2) ? settlement : proposed;
                proposer = speaker;
                yield proposed;
            }
            case 5, 6 -> {
                ClaimMonth claim = claim(community, height);
                if (community.equals("several")) {
                    claimed = claim;
                    claimant = speaker;
                }
                yield claim;
            }
            case 7, 8, 9, 10 ->
                    new AttestDay(
                            proposed.community(),
                            proposed.day(),
                            proposer,
                            SettlementCodec.digest(proposed),
                            numbers.oneOf(SettledRoot.values()));
            case 11 ->
                    new DissentDay(
                            proposed.community(),
                            proposed.day(),
                            proposer,
                            SettlementCodec.digest(proposed),
                            numbers.oneOf(SettledRoot.values()),
                            OTHER,
                            OptionalInt.of(numbers.oneOf(0, Integer.MAX_VALUE)));
            case 12 -> new AttestClaim("several", MONTH, claimant, SettlementCodec.digest(claimed));
            default ->
                    new ObjectClaim(
                            "several",
                            MONTH,
                            claimant,
                            SettlementCodec.digest(claimed),
                            OTHER,
                            OptionalInt.empty());
        };
    }

    private FoundCommunity founding(String community) {
        boolean one = community.equals("one");
        return new FoundCommunity(
                community,
                ExtremeLedger.key(0),
                new Asset("EUR"),
                WHAT,
                ExtremeLedger.account(one ? 20 : 21),
                ExtremeLedger.account(1),
                ExtremeLedger.account(2),
                one ? Optional.empty() : Optional.of(settlers()));
    }

    private Settlers settlers() {
        SortedSet<AccountId> accounts =
                new TreeSet<>(List.of(ExtremeLedger.account(1), ExtremeLedger.account(2)));
        return new Settlers(
                List.copyOf(accounts),
                numbers.oneOf(1, 1, 1, 2),
                numbers.oneOf(0L, 1L, Settlers.LONGEST_OBJECTION_MILLIS));
    }

    private SettleDay settlement(String community, long timeMillis) {
        LocalDate day =
                numbers.oneOf(
                        LocalDate.of(2025, 10, 1),
                        LocalDate.of(2025, 10, 2),
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(9_999, 12, 31));
        return numbers.seldom(2)
                ? sensible(community, day, Math.max(timeMillis, DAY_MILLIS))
                : absurd(community, day, timeMillis);
    }

    private static SettleDay sensible(String community, LocalDate day, long endMillis) {
        return new SettleDay(
                community,
                day,
                endMillis - DAY_MILLIS,
                endMillis,
                1,
                Optional.empty(),
                WHAT,
                WHAT,
                WHAT,
                new Totals.Committed(WHAT));
    }

    private SettleDay absurd(String community, LocalDate day, long timeMillis) {
        long start = numbers.oneOf(0L, timeMillis - DAY_MILLIS, numbers.number());
        long span = numbers.oneOf(300_000L, 26 * 3_600_000L, DAY_MILLIS);
        boolean fits = start < Long.MAX_VALUE - span && !numbers.seldom(9);
        long most = numbers.oneOf(0L, 1L, Long.MAX_VALUE);
        return new SettleDay(
                community,
                day,
                start,
                fits ? start + span : numbers.number(),
                numbers.oneOf(1, 1, 312, Integer.MAX_VALUE),
                numbers.seldom(2) ? Optional.empty() : Optional.of(WHAT),
                WHAT,
                WHAT,
                WHAT,
                new Totals.Published(
                        numbers.oneOf(1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE),
                        new Energy(most),
                        new Energy(most),
                        new Energy(numbers.oneOf(0L, most, Long.MIN_VALUE)),
                        new Energy(numbers.oneOf(0L, most, numbers.number())),
                        numbers.seldom(2)));
    }

    private ClaimMonth claim(String community, long height) {
        long cents = numbers.oneOf(10_000L, Long.MAX_VALUE / 10_000 * 10_000);
        long other = numbers.seldom(9) ? numbers.number() : -cents;
        Claim one = new Claim(ExtremeLedger.account(1), new Money(cents));
        Claim two = new Claim(ExtremeLedger.account(2), new Money(other));
        return new ClaimMonth(
                community,
                MONTH,
                numbers.oneOf(1, 1, 2, 3, Integer.MAX_VALUE),
                numbers.seldom(4) ? numbers.number() : height - 1,
                one.account().compareTo(two.account()) < 0 ? List.of(one, two) : List.of(two, one));
    }
}
