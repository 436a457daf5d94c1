package mitoyen.ledger.energy;

import static mitoyen.ledger.energy.EnergyRejection.ACCOUNTS_NOT_DISTINCT;
import static mitoyen.ledger.energy.EnergyRejection.AMOUNT_OVERFLOW;
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
import static mitoyen.ledger.energy.EnergyRejection.PROPOSAL_NOT_FOUND;
import static mitoyen.ledger.energy.EnergyRejection.SETTLERS_INVALID;
import static mitoyen.ledger.energy.EnergyRejection.SPAN_IN_ANOTHER_DAY;
import static mitoyen.ledger.energy.EnergyRejection.SPAN_OUT_OF_RANGE;
import static mitoyen.ledger.energy.EnergyRejection.SUPERSEDES_ANOTHER;
import static mitoyen.ledger.energy.EnergyRejection.THROUGH_OUT_OF_RANGE;
import static mitoyen.ledger.energy.EnergyRejection.TOTALS_INCONSISTENT;
import static mitoyen.ledger.energy.EnergyRejection.TOTALS_OF_TOO_FEW_METERS;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyEvent.ClaimAttested;
import mitoyen.ledger.energy.EnergyEvent.ClaimDropped;
import mitoyen.ledger.energy.EnergyEvent.ClaimHeld;
import mitoyen.ledger.energy.EnergyEvent.ClaimObjected;
import mitoyen.ledger.energy.EnergyEvent.ClaimProposed;
import mitoyen.ledger.energy.EnergyEvent.CommunityFounded;
import mitoyen.ledger.energy.EnergyEvent.DayAttested;
import mitoyen.ledger.energy.EnergyEvent.DayDissented;
import mitoyen.ledger.energy.EnergyEvent.DayProposed;
import mitoyen.ledger.energy.EnergyEvent.DaySettled;
import mitoyen.ledger.energy.EnergyEvent.MonthClaimed;
import mitoyen.ledger.energy.EnergyState.ClaimedMonth;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Committed;
import mitoyen.ledger.energy.EnergyTransaction.Totals.Published;
import mitoyen.ledger.proof.Digest;

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

    /// What comes of a transaction of version 1.
    ///
    /// @param height the height of the block that it is in
    /// @param signers whose signatures it carries, all verified
    public EnergyDecision decide(
            EnergyState state,
            Accounts accounts,
            long height,
            SortedSet<SignerKey> signers,
            EnergyTransaction transaction) {
        EnergyContext context = new EnergyContext(height, 0, 0, signers, Optional.empty());
        return decide(state, accounts, context, transaction);
    }

    /// What comes of a transaction: events and transfers, or the first reason against it. Total for
    /// whatever a transaction can hold.
    public EnergyDecision decide(
            EnergyState state,
            Accounts accounts,
            EnergyContext context,
            EnergyTransaction transaction) {
        if (transaction instanceof FoundCommunity founding) {
            return decide(state, accounts, context.signers(), founding);
        }
        Optional<Community> found = state.findCommunity(transaction.community());
        if (found.isEmpty()) {
            return refused(COMMUNITY_NOT_FOUND);
        }
        Community community = found.get();
        return community.settlers().isPresent()
                ? bySettlers(state, accounts, context, community, transaction)
                : byKey(state, accounts, context, community, transaction);
    }

    /// What comes of claims whose time is over; nothing if they wait no more.
    ///
    /// @param claim the [key][OpenClaim#key()] of what waited
    public Optional<EnergyDecision.Accepted> due(
            EnergyState state, Accounts accounts, ByteString claim) {
        return state.openClaims()
                .find(claim)
                .map(open -> {
                    Community community =
                            state.findCommunity(open.claim().community()).orElseThrow();
                    Settlers settlers = community.settlers().orElseThrow();
                    return new SettlerRules(state, accounts, community, settlers).due(open);
                });
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
                                    founding.networkOperatorAccount(),
                                    founding.settlers()));
            case DaySettled(SettleDay settlement) -> settled(state, settlement);
            case MonthClaimed(ClaimMonth claim) ->
                    state.with(
                            new ClaimedMonth(
                                    claim.community(),
                                    claim.month(),
                                    claim.number(),
                                    claim.through()));
            case DayProposed(var proposer, SettleDay settlement) ->
                    state.with(DayProposal.of(proposer, settlement));
            case DayAttested(var community, var day, var proposer, var kind, var settler) ->
                    state.with(
                            state.findProposal(community, day, proposer)
                                    .orElseThrow()
                                    .attestedBy(settler, kind));
            case DayDissented(var community, var day, var proposer, var dissent) ->
                    state.with(
                            state.findProposal(community, day, proposer)
                                    .orElseThrow()
                                    .with(dissent));
            case ClaimProposed(var proposer, ClaimMonth claim, long due) ->
                    state.with(OpenClaim.of(proposer, claim, due));
            case ClaimAttested(var community, var month, var proposer, var settler) ->
                    state.with(
                            state.findOpenClaim(community, month, proposer)
                                    .orElseThrow()
                                    .attestedBy(settler));
            case ClaimObjected(var community, var month, var proposer, var objection) ->
                    state.with(
                            state.findOpenClaim(community, month, proposer)
                                    .orElseThrow()
                                    .with(objection));
            case ClaimHeld(var community, var month, var proposer) ->
                    state.with(
                            state.findOpenClaim(community, month, proposer).orElseThrow().hold());
            case ClaimDropped(var community, var month, var proposer, _) ->
                    state.withoutClaim(community, month, proposer);
        };
    }

    /// Where one key settles: what it says is so at once.
    private EnergyDecision byKey(
            EnergyState state,
            Accounts accounts,
            EnergyContext context,
            Community community,
            EnergyTransaction transaction) {
        if (!context.signers().contains(community.settler())) {
            return refused(NOT_SIGNED_BY_SETTLER);
        }
        return switch (transaction) {
            case SettleDay settlement ->
                    findMistake(state, settlement)
                            .map(EnergyContract::refused)
                            .orElseGet(() -> accepted(new DaySettled(settlement), List.of()));
            case ClaimMonth claim ->
                    findMistake(state, accounts, context.height(), community, claim)
                            .map(EnergyContract::refused)
                            .orElseGet(() ->
                                    accepted(
                                            new MonthClaimed(claim),
                                            ClaimRules.transfers(claim.claims(), community)));
            case AttestDay _, DissentDay _, AttestClaim _, ObjectClaim _ ->
                    refused(PROPOSAL_NOT_FOUND);
            case FoundCommunity _ -> throw new IllegalStateException("it is founded");
        };
    }

    /// Where several settle: what one says waits for the others.
    private EnergyDecision bySettlers(
            EnergyState state,
            Accounts accounts,
            EnergyContext context,
            Community community,
            EnergyTransaction transaction) {
        Settlers settlers = community.settlers().orElseThrow();
        Optional<AccountId> speaker = context.speaker().filter(settlers::include);
        if (speaker.isEmpty()) {
            return refused(NOT_SIGNED_BY_SETTLER);
        }
        AccountId settler = speaker.get();
        SettlerRules rules = new SettlerRules(state, accounts, community, settlers);
        return switch (transaction) {
            case SettleDay settlement ->
                    findMistake(state, settlement)
                            .map(EnergyContract::refused)
                            .orElseGet(() ->
                                    rules.propose(settler, settlement, context.signedMillis()));
            case ClaimMonth claim ->
                    findMistake(state, accounts, context.height(), community, claim)
                            .map(EnergyContract::refused)
                            .orElseGet(() -> rules.propose(settler, claim, context.timeMillis()));
            case AttestDay asked -> rules.attest(settler, asked);
            case DissentDay asked -> rules.dissent(settler, asked);
            case AttestClaim asked -> rules.attest(settler, asked);
            case ObjectClaim asked -> rules.object(settler, asked);
            case FoundCommunity _ -> throw new IllegalStateException("it is founded");
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
        if (!founding.settlers().map(Settlers::isValid).orElse(true)) {
            return refused(SETTLERS_INVALID);
        }
        return accepted(new CommunityFounded(founding), List.of());
    }

    /// Why a settlement cannot be a day's.
    private Optional<EnergyRejection> findMistake(EnergyState state, SettleDay settlement) {
        if (!spanInRange(settlement)) {
            return Optional.of(SPAN_OUT_OF_RANGE);
        }
        if (!intervalsInRange(settlement)) {
            return Optional.of(INTERVALS_OUT_OF_RANGE);
        }
        if (!inLocalDay(settlement)) {
            return Optional.of(SPAN_IN_ANOTHER_DAY);
        }
        switch (settlement.totals()) {
            case Published totals when totals.meters() < crowd && !totals.agreed() -> {
                return Optional.of(TOTALS_OF_TOO_FEW_METERS);
            }
            case Published totals when !consistent(totals, settlement.intervals()) -> {
                return Optional.of(TOTALS_INCONSISTENT);
            }
            case Published _, Committed _ -> {}
        }
        Optional<Digest> current =
                state.findDay(settlement.community(), settlement.day())
                        .map(SettledDay::allocations);
        if (settlement.supersedes().equals(current)) {
            return Optional.empty();
        }
        if (settlement.supersedes().isEmpty()) {
            return Optional.of(DAY_ALREADY_SETTLED);
        }
        return Optional.of(current.isEmpty() ? DAY_NOT_SETTLED : SUPERSEDES_ANOTHER);
    }

    /// Why claims cannot be a month's next.
    private static Optional<EnergyRejection> findMistake(
            EnergyState state,
            Accounts accounts,
            long height,
            Community community,
            ClaimMonth claim) {
        Optional<EnergyRejection> malformed = ClaimRules.findMistake(claim.claims(), state);
        if (malformed.isPresent()) {
            return malformed;
        }
        Optional<ClaimedMonth> month = state.findMonth(claim.community(), claim.month());
        if (month.isEmpty()) {
            return Optional.of(MONTH_NOT_SETTLED);
        }
        if (claim.number() != month.get().number() + 1L) {
            return Optional.of(CLAIM_OUT_OF_TURN);
        }
        if (claim.through() <= month.get().through() || claim.through() >= height) {
            return Optional.of(THROUGH_OUT_OF_RANGE);
        }
        List<Transfer> transfers = ClaimRules.transfers(claim.claims(), community);
        return ClaimRules.haveRoom(accounts, community, transfers)
                ? Optional.empty()
                : Optional.of(AMOUNT_OVERFLOW);
    }

    private static EnergyDecision accepted(EnergyEvent event, List<Transfer> transfers) {
        return new EnergyDecision.Accepted(List.of(event), transfers);
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

    /// A first settlement opens its month; a later one leaves what was claimed for it. What else
    /// was proposed for the day waits no more.
    private static EnergyState settled(EnergyState state, SettleDay settlement) {
        String community = settlement.community();
        String month = BillingPeriod.MONTH.of(settlement.day());
        ClaimedMonth claimed =
                state.findMonth(community, month)
                        .orElseGet(() -> new ClaimedMonth(community, month, 0, 0));
        EnergyState after =
                state.with(
                                new SettledDay(
                                        community,
                                        settlement.day(),
                                        settlement.readings(),
                                        settlement.allocations(),
                                        settlement.terms()))
                        .with(claimed);
        Community of = state.findCommunity(community).orElseThrow();
        for (DayProposal proposal : state.listProposals(of, settlement.day())) {
            after = after.without(proposal);
        }
        return after;
    }
}
