package mitoyen.node.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.DayProposal;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.energy.EnergyState.Community;
import mitoyen.ledger.energy.EnergyState.SettledDay;
import mitoyen.ledger.energy.Objection;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.energy.Settlers;

/// A community as the ledger has it, and where its days and months stand among its settlers.
final class CommunityJson {
    private CommunityJson() {}

    /// A community, and what waits of it: at most so many days and months each, the earliest first.
    static SequencedMap<String, Object> of(Community community, EnergyState state, int most) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("id", community.id());
        json.put("claims", community.claims().code());
        json.put("clearing", community.clearing().toString());
        json.put("communityAccount", community.communityAccount().toString());
        json.put("networkOperatorAccount", community.networkOperatorAccount().toString());
        community.settlers().ifPresent(settlers -> json.putAll(of(settlers)));
        List<DayProposal> proposals = new ArrayList<>();
        state.proposals()
                .forEach((_, proposal) -> {
                    if (proposal.settlement().community().equals(community.id())) {
                        proposals.add(proposal);
                    }
                });
        List<OpenClaim> claims = new ArrayList<>();
        state.openClaims()
                .forEach((_, claim) -> {
                    if (claim.claim().community().equals(community.id())) {
                        claims.add(claim);
                    }
                });
        json.put(
                "waitingDays",
                proposals.stream()
                        .sorted(
                                Comparator.<DayProposal, String>comparing(
                                                each -> each.settlement().day().toString())
                                        .thenComparing(DayProposal::proposer))
                        .limit(most)
                        .map(CommunityJson::of)
                        .toList());
        json.put(
                "waitingClaims",
                claims.stream()
                        .sorted(
                                Comparator.<OpenClaim, String>comparing(
                                                each -> each.claim().month())
                                        .thenComparing(OpenClaim::proposer))
                        .limit(most)
                        .map(CommunityJson::of)
                        .toList());
        return json;
    }

    /// A day: as it is settled, if it is, and what waits of it.
    static SequencedMap<String, Object> of(
            Optional<SettledDay> settled, List<DayProposal> proposals) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        settled.ifPresent(day -> {
            SequencedMap<String, Object> roots = new LinkedHashMap<>();
            roots.put("readings", day.readings().toString());
            roots.put("allocations", day.allocations().toString());
            roots.put("terms", day.terms().toString());
            json.put("settled", roots);
        });
        json.put("waiting", proposals.stream().map(CommunityJson::of).toList());
        return json;
    }

    private static SequencedMap<String, Object> of(Settlers settlers) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("settlers", ids(settlers.accounts()));
        json.put("quorum", settlers.quorum());
        json.put("objectionMillis", settlers.objectionMillis());
        return json;
    }

    private static SequencedMap<String, Object> of(DayProposal proposal) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("day", proposal.settlement().day().toString());
        json.put("proposer", proposal.proposer().toString());
        json.put("proposal", proposal.digest().toString());
        json.put("readings", proposal.root(SettledRoot.READINGS).toString());
        json.put("allocations", proposal.root(SettledRoot.ALLOCATIONS).toString());
        json.put("readingsAttested", ids(proposal.attested(SettledRoot.READINGS)));
        json.put("allocationsAttested", ids(proposal.attested(SettledRoot.ALLOCATIONS)));
        json.put("dissents", proposal.dissents().stream().map(CommunityJson::of).toList());
        return json;
    }

    private static SequencedMap<String, Object> of(OpenClaim claim) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("month", claim.claim().month());
        json.put("number", claim.claim().number());
        json.put("through", claim.claim().through());
        json.put("proposer", claim.proposer().toString());
        json.put("proposal", claim.digest().toString());
        json.put("dueMillis", claim.dueMillis());
        json.put("held", claim.held());
        json.put("attested", ids(claim.attested()));
        json.put("objections", claim.objections().stream().map(CommunityJson::of).toList());
        return json;
    }

    private static SequencedMap<String, Object> of(Objection objection) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("settler", objection.settler().toString());
        objection.kind().ifPresent(kind -> json.put("kind", kind.toString()));
        json.put("root", objection.root().toString());
        objection.index().ifPresent(index -> json.put("index", index));
        return json;
    }

    private static List<String> ids(List<AccountId> accounts) {
        return accounts.stream().map(AccountId::toString).toList();
    }
}
