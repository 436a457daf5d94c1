package mitoyen.ledger.energy;

import static mitoyen.ledger.energy.EnergyRejection.ATTESTED_ALREADY;
import static mitoyen.ledger.energy.EnergyRejection.DAY_OUT_OF_REACH;
import static mitoyen.ledger.energy.EnergyRejection.DISSENT_AGREES;
import static mitoyen.ledger.energy.EnergyRejection.PROPOSAL_NOT_FOUND;
import static mitoyen.ledger.energy.EnergyRejection.PROPOSED_ALREADY;
import static mitoyen.ledger.energy.EnergyRejection.READINGS_NOT_ATTESTED;
import static mitoyen.ledger.energy.EnergyRejection.TOO_MANY_CLAIMS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Times;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyEvent.ClaimAttested;
import mitoyen.ledger.energy.EnergyEvent.ClaimDropped;
import mitoyen.ledger.energy.EnergyEvent.ClaimHeld;
import mitoyen.ledger.energy.EnergyEvent.ClaimObjected;
import mitoyen.ledger.energy.EnergyEvent.ClaimProposed;
import mitoyen.ledger.energy.EnergyEvent.DayAttested;
import mitoyen.ledger.energy.EnergyEvent.DayDissented;
import mitoyen.ledger.energy.EnergyEvent.DayProposed;
import mitoyen.ledger.energy.EnergyEvent.DaySettled;
import mitoyen.ledger.energy.EnergyEvent.MonthClaimed;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;

/// How the settlers of a community come to an end with a day and with a month (LE-181 to LE-188,
/// LE-196).
final class SettlerRules {
    private final EnergyState state;
    private final Accounts accounts;
    private final Community community;
    private final Settlers settlers;

    /// @param settlers of the community
    SettlerRules(EnergyState state, Accounts accounts, Community community, Settlers settlers) {
        this.state = state;
        this.accounts = accounts;
        this.community = community;
        this.settlers = settlers;
    }

    /// What comes of a settlement that could be the day's: a proposal, instead of the settler's
    /// last one of that day.
    ///
    /// @param signedMillis the time that the settler signed [ms since 1970]
    EnergyDecision propose(AccountId settler, SettleDay settlement, long signedMillis) {
        if (state.findProposal(community.id(), settlement.day(), settler)
                .map(DayProposal::settlement)
                .equals(Optional.of(settlement))) {
            return refused(PROPOSED_ALREADY);
        }
        return Settlers.reach(settlement, signedMillis)
                ? accepted(new DayProposed(settler, settlement))
                : refused(DAY_OUT_OF_REACH);
    }

    EnergyDecision attest(AccountId settler, AttestDay asked) {
        Optional<DayProposal> found =
                state.findProposal(community.id(), asked.day(), asked.proposer())
                        .filter(open -> open.digest().equals(asked.proposal()));
        if (found.isEmpty()) {
            return refused(PROPOSAL_NOT_FOUND);
        }
        DayProposal proposal = found.get();
        boolean last = asked.kind() == SettledRoot.ALLOCATIONS;
        if (last && !settlers.suffice(proposal.readings().size())) {
            return refused(READINGS_NOT_ATTESTED);
        }
        if (proposal.attested(asked.kind()).contains(settler)) {
            return refused(ATTESTED_ALREADY);
        }
        DayAttested attested =
                new DayAttested(
                        community.id(), asked.day(), asked.proposer(), asked.kind(), settler);
        boolean enough =
                settlers.suffice(
                        proposal.attestedBy(settler, asked.kind()).attested(asked.kind()).size());
        return last && enough
                ? accepted(attested, new DaySettled(proposal.settlement()))
                : accepted(attested);
    }

    EnergyDecision dissent(AccountId settler, DissentDay asked) {
        Optional<DayProposal> found =
                state.findProposal(community.id(), asked.day(), asked.proposer())
                        .filter(open -> open.digest().equals(asked.proposal()));
        if (found.isEmpty()) {
            return refused(PROPOSAL_NOT_FOUND);
        }
        if (found.get().root(asked.kind()).equals(asked.root())) {
            return refused(DISSENT_AGREES);
        }
        Objection dissent =
                new Objection(settler, Optional.of(asked.kind()), asked.root(), asked.index());
        return accepted(new DayDissented(community.id(), asked.day(), asked.proposer(), dissent));
    }

    /// What comes of claims that could be the month's next: they wait, instead of the settler's
    /// last ones of that month.
    EnergyDecision propose(AccountId settler, ClaimMonth claim, long timeMillis) {
        Optional<OpenClaim> before = state.findOpenClaim(community.id(), claim.month(), settler);
        if (before.map(OpenClaim::claim).equals(Optional.of(claim))) {
            return refused(PROPOSED_ALREADY);
        }
        if (claim.claims().size() > OpenClaim.MOST_CLAIMS) {
            return refused(TOO_MANY_CLAIMS);
        }
        List<EnergyEvent> events = new ArrayList<>();
        before.map(SettlerRules::dropped).ifPresent(events::add);
        events.add(
                new ClaimProposed(
                        settler, claim, Times.after(timeMillis, settlers.objectionMillis())));
        return new EnergyDecision.Accepted(events, List.of());
    }

    EnergyDecision attest(AccountId settler, AttestClaim asked) {
        Optional<OpenClaim> found =
                state.findOpenClaim(community.id(), asked.month(), asked.proposer())
                        .filter(open -> open.digest().equals(asked.claim()));
        if (found.isEmpty()) {
            return refused(PROPOSAL_NOT_FOUND);
        }
        if (found.get().attested().contains(settler)) {
            return refused(ATTESTED_ALREADY);
        }
        EnergyEvent attested =
                new ClaimAttested(community.id(), asked.month(), asked.proposer(), settler);
        OpenClaim after = found.get().attestedBy(settler);
        return after.held() && after.isUndisputed(settlers)
                ? post(after, attested)
                : accepted(attested);
    }

    EnergyDecision object(AccountId settler, ObjectClaim asked) {
        Optional<OpenClaim> found =
                state.findOpenClaim(community.id(), asked.month(), asked.proposer())
                        .filter(open -> open.digest().equals(asked.claim()));
        if (found.isEmpty()) {
            return refused(PROPOSAL_NOT_FOUND);
        }
        if (found.get().digest().equals(asked.root())) {
            return refused(DISSENT_AGREES);
        }
        Objection objection = new Objection(settler, Optional.empty(), asked.root(), asked.index());
        EnergyEvent objected =
                new ClaimObjected(community.id(), asked.month(), asked.proposer(), objection);
        OpenClaim after = found.get().with(objection);
        return settlers.canSuffice(after.objections().size())
                ? accepted(objected)
                : accepted(objected, dropped(after));
    }

    /// What comes of claims whose time is over.
    EnergyDecision.Accepted due(OpenClaim open) {
        return open.isUndisputed(settlers)
                ? post(open.hold())
                : accepted(new ClaimHeld(community.id(), open.claim().month(), open.proposer()));
    }

    /// The claims are made, and whatever else was claimed of the month waits no more. Only if they
    /// came to break a rule since they were proposed, they are dropped instead.
    private EnergyDecision.Accepted post(OpenClaim open, EnergyEvent... before) {
        List<EnergyEvent> events = new ArrayList<>(List.of(before));
        ClaimMonth claim = open.claim();
        List<Transfer> transfers = ClaimRules.transfers(claim.claims(), community);
        if (ClaimRules.findMistake(claim.claims(), state).isPresent()
                || !ClaimRules.haveRoom(accounts, community, transfers)) {
            events.add(dropped(open));
            return new EnergyDecision.Accepted(events, List.of());
        }
        for (OpenClaim each : state.listOpenClaims(community, claim.month())) {
            events.add(dropped(each.key().equals(open.key()) ? open : each));
        }
        events.add(new MonthClaimed(claim));
        return new EnergyDecision.Accepted(events, transfers);
    }

    private static EnergyEvent dropped(OpenClaim open) {
        return new ClaimDropped(
                open.claim().community(),
                open.claim().month(),
                open.proposer(),
                open.timerMillis());
    }

    private static EnergyDecision.Accepted accepted(EnergyEvent... events) {
        return new EnergyDecision.Accepted(List.of(events), List.of());
    }

    private static EnergyDecision refused(EnergyRejection rejection) {
        return new EnergyDecision.Refused(rejection);
    }
}
