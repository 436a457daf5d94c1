package mitoyen.ledger.energy;

import static mitoyen.ledger.energy.EnergyRejection.ACCOUNTS_NOT_DISTINCT;
import static mitoyen.ledger.energy.EnergyRejection.AMOUNT_OVERFLOW;
import static mitoyen.ledger.energy.EnergyRejection.CLAIMS_OUT_OF_ORDER;
import static mitoyen.ledger.energy.EnergyRejection.CLAIMS_UNBALANCED;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_IS_ZERO;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_NOT_WHOLE_CENTS;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_ON_CLEARING;
import static mitoyen.ledger.energy.EnergyRejection.CLAIM_OUT_OF_TURN;
import static mitoyen.ledger.energy.EnergyRejection.CLEARING_IN_USE;
import static mitoyen.ledger.energy.EnergyRejection.COMMUNITY_EXISTS;
import static mitoyen.ledger.energy.EnergyRejection.COMMUNITY_ID_MALFORMED;
import static mitoyen.ledger.energy.EnergyRejection.COMMUNITY_NOT_FOUND;
import static mitoyen.ledger.energy.EnergyRejection.DAY_ALREADY_SETTLED;
import static mitoyen.ledger.energy.EnergyRejection.DAY_NOT_SETTLED;
import static mitoyen.ledger.energy.EnergyRejection.INTERVALS_OUT_OF_RANGE;
import static mitoyen.ledger.energy.EnergyRejection.MONTH_NOT_SETTLED;
import static mitoyen.ledger.energy.EnergyRejection.NOT_SIGNED_BY_FOUNDER;
import static mitoyen.ledger.energy.EnergyRejection.NOT_SIGNED_BY_SETTLER;
import static mitoyen.ledger.energy.EnergyRejection.SPAN_IN_ANOTHER_DAY;
import static mitoyen.ledger.energy.EnergyRejection.SPAN_OUT_OF_RANGE;
import static mitoyen.ledger.energy.EnergyRejection.SUPERSEDES_ANOTHER;
import static mitoyen.ledger.energy.EnergyRejection.THROUGH_OUT_OF_RANGE;
import static mitoyen.ledger.energy.EnergyRejection.TOTALS_INCONSISTENT;
import static mitoyen.ledger.energy.EnergyRejection.TOTALS_OF_TOO_FEW_METERS;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyEvent.CommunityFounded;
import mitoyen.ledger.energy.EnergyEvent.DaySettled;
import mitoyen.ledger.energy.EnergyEvent.MonthClaimed;
import mitoyen.ledger.energy.EnergyState.ClaimedMonth;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Committed;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Published;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.quantity.Amount;

/// The rules by which a community is founded, its days are settled and its months claimed (LE-30 to
/// LE-41).
///
/// It says who owes what; how a day is shared and billed, it does not see: that is computed from
/// the vault and bound here by roots.
public final class EnergyContract {
    private static final long MINUTE_MILLIS = 60_000;
    private static final long SHORTEST_INTERVAL_MILLIS = 5 * MINUTE_MILLIS;
    private static final long LONGEST_SPAN_MILLIS = 26 * 60 * MINUTE_MILLIS;
    private static final int LONGEST_ID = 40;

    private final SignerKey founder;
    private final int crowd;
    private final Optional<LocalDayTable> localDays;

    /// The contract as a ledger's genesis sets it, under version 1.
    ///
    /// @param founder who alone founds communities
    /// @param crowd how many meters a day's totals need to be published as they are
    public EnergyContract(SignerKey founder, int crowd) {
        this(founder, crowd, Optional.empty());
    }

    /// The contract under version 2.
    ///
    /// @param localDays where settled spans must lie; empty where the ledger pins no zone
    public EnergyContract(SignerKey founder, int crowd, Optional<LocalDayTable> localDays) {
        this.founder = founder;
        this.crowd = crowd;
        this.localDays = localDays;
    }

    /// What comes of a transaction: an event and transfers, or the first reason against it. Total
    /// for whatever a transaction can hold.
    ///
    /// @param height the height of the block that it is in
    /// @param signers whose signatures it carries, all verified
    public EnergyDecision decide(
            EnergyState state,
            Accounts accounts,
            long height,
            SortedSet<SignerKey> signers,
            EnergyTransaction transaction) {
        return switch (transaction) {
            case FoundCommunity founding -> decide(state, accounts, signers, founding);
            case SettleDay settlement -> decide(state, signers, settlement);
            case ClaimMonth claim -> decide(state, accounts, height, signers, claim);
        };
    }

    /// The state after an event. Cannot refuse.
    public EnergyState apply(EnergyState state, EnergyEvent event) {
        return switch (event) {
            case CommunityFounded(FoundCommunity founding) ->
                    state.with(
                            new Community(
                                    founding.community(),
                                    founding.settler(),
                                    founding.claims(),
                                    founding.clearing(),
                                    founding.communityAccount(),
                                    founding.networkOperatorAccount()));
            case DaySettled(SettleDay settlement) -> settled(state, settlement);
            case MonthClaimed(ClaimMonth claim) ->
                    state.with(
                            new ClaimedMonth(
                                    claim.community(),
                                    claim.month(),
                                    claim.number(),
                                    claim.through()));
        };
    }

    private EnergyDecision decide(
            EnergyState state,
            Accounts accounts,
            SortedSet<SignerKey> signers,
            FoundCommunity founding) {
        if (!isId(founding.community())) {
            return refused(COMMUNITY_ID_MALFORMED);
        }
        if (!signers.contains(founder)) {
            return refused(NOT_SIGNED_BY_FOUNDER);
        }
        if (state.findCommunity(founding.community()).isPresent()) {
            return refused(COMMUNITY_EXISTS);
        }
        if (founding.clearing().equals(founding.communityAccount())
                || founding.clearing().equals(founding.networkOperatorAccount())
                || founding.communityAccount().equals(founding.networkOperatorAccount())) {
            return refused(ACCOUNTS_NOT_DISTINCT);
        }
        if (state.isClearing(founding.clearing())
                || accounts.isUsed(founding.clearing(), founding.claims())) {
            return refused(CLEARING_IN_USE);
        }
        return accepted(new CommunityFounded(founding), List.of());
    }

    private EnergyDecision decide(
            EnergyState state, SortedSet<SignerKey> signers, SettleDay settlement) {
        Optional<Community> community = state.findCommunity(settlement.community());
        if (community.isEmpty()) {
            return refused(COMMUNITY_NOT_FOUND);
        }
        if (!signers.contains(community.get().settler())) {
            return refused(NOT_SIGNED_BY_SETTLER);
        }
        if (!spanInRange(settlement)) {
            return refused(SPAN_OUT_OF_RANGE);
        }
        if (!intervalsInRange(settlement)) {
            return refused(INTERVALS_OUT_OF_RANGE);
        }
        if (!inLocalDay(settlement)) {
            return refused(SPAN_IN_ANOTHER_DAY);
        }
        switch (settlement.totals()) {
            case Published totals when totals.meters() < crowd && !totals.agreed() -> {
                return refused(TOTALS_OF_TOO_FEW_METERS);
            }
            case Published totals when !consistent(totals, settlement.intervals()) -> {
                return refused(TOTALS_INCONSISTENT);
            }
            case Published _, Committed _ -> {}
        }
        Optional<Digest> current =
                state.findDay(settlement.community(), settlement.day())
                        .map(SettledDay::allocations);
        if (settlement.supersedes().equals(current)) {
            return accepted(new DaySettled(settlement), List.of());
        }
        if (settlement.supersedes().isEmpty()) {
            return refused(DAY_ALREADY_SETTLED);
        }
        return refused(current.isEmpty() ? DAY_NOT_SETTLED : SUPERSEDES_ANOTHER);
    }

    private EnergyDecision decide(
            EnergyState state,
            Accounts accounts,
            long height,
            SortedSet<SignerKey> signers,
            ClaimMonth claim) {
        Optional<Community> community = state.findCommunity(claim.community());
        if (community.isEmpty()) {
            return refused(COMMUNITY_NOT_FOUND);
        }
        if (!signers.contains(community.get().settler())) {
            return refused(NOT_SIGNED_BY_SETTLER);
        }
        Optional<EnergyRejection> malformed = findMistake(claim.claims(), state);
        if (malformed.isPresent()) {
            return refused(malformed.get());
        }
        Optional<ClaimedMonth> month = state.findMonth(claim.community(), claim.month());
        if (month.isEmpty()) {
            return refused(MONTH_NOT_SETTLED);
        }
        if (claim.number() != month.get().number() + 1L) {
            return refused(CLAIM_OUT_OF_TURN);
        }
        if (claim.through() <= month.get().through() || claim.through() >= height) {
            return refused(THROUGH_OUT_OF_RANGE);
        }
        List<Transfer> transfers =
                claim.claims().stream().map(each -> transfer(each, community.get())).toList();
        List<Amount> amounts = transfers.stream().map(Transfer::amount).toList();
        if (!accounts.haveRoomFor(community.get().claims(), amounts)) {
            return refused(AMOUNT_OVERFLOW);
        }
        return accepted(new MonthClaimed(claim), transfers);
    }

    private static EnergyDecision accepted(EnergyEvent event, List<Transfer> transfers) {
        return new EnergyDecision.Accepted(event, transfers);
    }

    private static EnergyDecision refused(EnergyRejection rejection) {
        return new EnergyDecision.Refused(rejection);
    }

    private static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_ID
                && text.chars()
                        .allMatch(
                                c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    private static boolean spanInRange(SettleDay settlement) {
        long start = settlement.startMillis();
        long end = settlement.endMillis();
        return start >= 0
                && end >= start
                && end - start >= SHORTEST_INTERVAL_MILLIS
                && end - start <= LONGEST_SPAN_MILLIS;
    }

    private boolean inLocalDay(SettleDay settlement) {
        return localDays
                .map(days ->
                        days.holds(
                                settlement.day(), settlement.startMillis(), settlement.endMillis()))
                .orElse(true);
    }

    private static boolean intervalsInRange(SettleDay settlement) {
        long span = settlement.endMillis() - settlement.startMillis();
        return settlement.intervals() >= 1
                && settlement.intervals() <= span / SHORTEST_INTERVAL_MILLIS;
    }

    /// Whether energy is shared within what there is, up to the rounding of grid operators: half a
    /// unit a meter and one more, in each interval (LE-36).
    private static boolean consistent(Published totals, int intervals) {
        long allocated = totals.allocated().mWh();
        long sold = totals.sold().mWh();
        return totals.meters() >= 1
                && 0 <= allocated
                && allocated <= totals.consumption().mWh()
                && 0 <= sold
                && sold <= totals.production().mWh()
                && Math.abs(sold - allocated) <= (totals.meters() + 2L) * intervals / 2;
    }

    /// What is wrong with claims by themselves.
    private static Optional<EnergyRejection> findMistake(List<Claim> claims, EnergyState state) {
        for (int i = 1; i < claims.size(); i++) {
            if (claims.get(i - 1).account().compareTo(claims.get(i).account()) >= 0) {
                return Optional.of(CLAIMS_OUT_OF_ORDER);
            }
        }
        if (claims.stream().anyMatch(claim -> claim.amount().micros() == 0)) {
            return Optional.of(CLAIM_IS_ZERO);
        }
        if (claims.stream().anyMatch(claim -> claim.amount().micros() % Asset.CENT != 0)) {
            return Optional.of(CLAIM_NOT_WHOLE_CENTS);
        }
        if (claims.stream().anyMatch(claim -> state.isClearing(claim.account()))) {
            return Optional.of(CLAIM_ON_CLEARING);
        }
        return sum(claims).signum() == 0 ? Optional.empty() : Optional.of(CLAIMS_UNBALANCED);
    }

    private static BigInteger sum(List<Claim> claims) {
        return claims.stream()
                .map(claim -> BigInteger.valueOf(claim.amount().micros()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// A claim as a movement from or to the clearing account. Whole cents are never the one amount
    /// that has no positive counterpart.
    private static Transfer transfer(Claim claim, Community community) {
        long micros = claim.amount().micros();
        AccountId clearing = community.clearing();
        return micros > 0
                ? new Transfer(community.claims(), clearing, claim.account(), new Amount(micros))
                : new Transfer(community.claims(), claim.account(), clearing, new Amount(-micros));
    }

    /// A first settlement opens its month; a later one leaves what was claimed for it.
    private static EnergyState settled(EnergyState state, SettleDay settlement) {
        String community = settlement.community();
        String month = BillingPeriod.MONTH.of(settlement.day());
        ClaimedMonth claimed =
                state.findMonth(community, month)
                        .orElseGet(() -> new ClaimedMonth(community, month, 0, 0));
        return state.with(
                        new SettledDay(
                                community,
                                settlement.day(),
                                settlement.readings(),
                                settlement.allocations(),
                                settlement.terms()))
                .with(claimed);
    }
}
