package mitoyen.ledger.energy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.ledger.energy.EnergyTransaction.AttestClaim;
import mitoyen.ledger.energy.EnergyTransaction.AttestDay;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.EnergyTransaction.ObjectClaim;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;

/// What an honest settler does next, given the state and what he came to himself (LE-189). Nothing
/// but these decides it, so that a node may ask after every block.
public final class SettlerDuty {
    private final EnergyState state;
    private final AccountId settler;

    /// @param settler his account
    public SettlerDuty(EnergyState state, AccountId settler) {
        this.state = state;
        this.settler = settler;
    }

    /// What he sends next about a day; nothing if he waits for others or the day is settled so.
    ///
    /// He attests what he came to himself, whoever proposed it and as often as it was, or settlers
    /// who pass different ones over would wait for each other; says where others came to something
    /// else, and proposes his own if nobody proposed it. Where a proposal has his roots and differs
    /// otherwise, he is silent.
    ///
    /// @param own the settlement that he came to, naming what it replaces
    /// @param passedOver proposers who took back what was the same: what they say now is not waited
    ///   for
    public Optional<EnergyTransaction> next(SettleDay own, SortedSet<AccountId> passedOver) {
        Optional<Community> community = findCommunity(own.community());
        if (community.isEmpty() || !own.supersedes().equals(lastAllocations(own))) {
            return Optional.empty();
        }
        Settlers settlers = community.get().settlers().orElseThrow();
        List<DayProposal> proposals = state.listProposals(community.get(), own.day());
        List<DayProposal> same =
                proposals.stream()
                        .filter(each -> each.settlement().equals(own))
                        .filter(each -> !passedOver.contains(each.proposer()))
                        .toList();
        if (same.isEmpty()) {
            return Optional.of(own);
        }
        for (DayProposal each : same) {
            Optional<SettledRoot> kind = nextRoot(each, settlers);
            if (kind.isPresent()) {
                return Optional.of(attest(each, kind.get()));
            }
        }
        return listDissents(own).stream().findFirst();
    }

    /// What he can say against what others propose of a day, and did not say yet. His last
    /// attestation may settle the day, and then there is nothing left to dissent from: so he may
    /// say one of these before it, but to each proposer once, or whoever proposes again and again
    /// would hold him up.
    ///
    /// @param own the settlement that he came to
    public List<EnergyTransaction> listDissents(SettleDay own) {
        return findCommunity(own.community()).stream()
                .flatMap(community -> state.listProposals(community, own.day()).stream())
                .flatMap(each -> dissent(each, own).stream())
                .toList();
    }

    /// What he sends next about a month's claims; nothing if he waits for others.
    ///
    /// @param own the claims that he came to, which are the month's next
    /// @param passedOver as above
    public Optional<EnergyTransaction> next(ClaimMonth own, SortedSet<AccountId> passedOver) {
        Optional<Community> community = findCommunity(own.community());
        int last =
                state.findMonth(own.community(), own.month()).map(each -> each.number()).orElse(-1);
        if (community.isEmpty() || own.number() != last + 1) {
            return Optional.empty();
        }
        List<OpenClaim> claims = state.listOpenClaims(community.get(), own.month());
        List<OpenClaim> same =
                claims.stream()
                        .filter(each -> each.claim().equals(own))
                        .filter(each -> !passedOver.contains(each.proposer()))
                        .toList();
        if (same.isEmpty()) {
            return Optional.of(own);
        }
        for (OpenClaim each : same) {
            if (!each.attested().contains(settler)) {
                return Optional.of(
                        new AttestClaim(
                                own.community(), own.month(), each.proposer(), each.digest()));
            }
        }
        return claims.stream().flatMap(each -> object(each, own).stream()).findFirst();
    }

    /// What he says against claims that are not his own; nothing if he said it before.
    ///
    /// @param own the claims that he came to instead; where nothing is to be claimed yet, such as
    ///   reach to no block
    public Optional<EnergyTransaction> object(OpenClaim other, ClaimMonth own) {
        boolean said = other.objections().stream().anyMatch(each -> each.settler().equals(settler));
        return said || other.claim().equals(own)
                ? Optional.empty()
                : Optional.of(
                        new ObjectClaim(
                                own.community(),
                                own.month(),
                                other.proposer(),
                                other.digest(),
                                SettlementCodec.digest(own),
                                firstDifference(other.claim().claims(), own.claims())));
    }

    private Optional<Community> findCommunity(String id) {
        return state.findCommunity(id)
                .filter(found -> found.settlers().map(each -> each.include(settler)).orElse(false));
    }

    private Optional<mitoyen.ledger.proof.Digest> lastAllocations(SettleDay own) {
        return state.findDay(own.community(), own.day()).map(SettledDay::allocations);
    }

    private Optional<SettledRoot> nextRoot(DayProposal same, Settlers settlers) {
        if (!same.readings().contains(settler)) {
            return Optional.of(SettledRoot.READINGS);
        }
        return settlers.suffice(same.readings().size()) && !same.allocations().contains(settler)
                ? Optional.of(SettledRoot.ALLOCATIONS)
                : Optional.empty();
    }

    private static EnergyTransaction attest(DayProposal proposal, SettledRoot kind) {
        return new AttestDay(
                proposal.settlement().community(),
                proposal.settlement().day(),
                proposal.proposer(),
                proposal.digest(),
                kind);
    }

    private Optional<EnergyTransaction> dissent(DayProposal other, SettleDay own) {
        boolean said = other.dissents().stream().anyMatch(each -> each.settler().equals(settler));
        return said
                ? Optional.empty()
                : findDifference(other.settlement(), own)
                        .map(kind ->
                                new DissentDay(
                                        own.community(),
                                        own.day(),
                                        other.proposer(),
                                        other.digest(),
                                        kind,
                                        DayProposal.of(settler, own).root(kind),
                                        OptionalInt.empty()));
    }

    private static Optional<SettledRoot> findDifference(SettleDay other, SettleDay own) {
        if (!other.readings().equals(own.readings())) {
            return Optional.of(SettledRoot.READINGS);
        }
        return other.allocations().equals(own.allocations())
                ? Optional.empty()
                : Optional.of(SettledRoot.ALLOCATIONS);
    }

    /// The index of the first claim that differs; that behind the last where one has more.
    private static OptionalInt firstDifference(List<Claim> some, List<Claim> others) {
        int both = Math.min(some.size(), others.size());
        int at = 0;
        while (at < both && Objects.equals(some.get(at), others.get(at))) {
            at++;
        }
        return at == both && some.size() == others.size()
                ? OptionalInt.empty()
                : OptionalInt.of(at);
    }
}
