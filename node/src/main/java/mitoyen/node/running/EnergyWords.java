package mitoyen.node.running;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.energy.Objection;

/// The events of the energy contract in the plain words of [Happened].
final class EnergyWords {
    private EnergyWords() {}

    static Happened happened(EnergyEvent event) {
        return switch (event) {
            case EnergyEvent.CommunityFounded(var founding) -> happened(founding);
            case EnergyEvent.DaySettled(var settlement) -> of("day-settled", fields(settlement));
            case EnergyEvent.MonthClaimed(var claim) -> of("month-claimed", fields(claim));
            case EnergyEvent.DayProposed(var proposer, var settlement) -> {
                SequencedMap<String, Object> fields = fields(settlement);
                fields.put("proposer", proposer.toString());
                yield of("day-proposed", fields);
            }
            case EnergyEvent.DayAttested(
                            var community,
                            var day,
                            var proposer,
                            var kind,
                            var settler) -> {
                SequencedMap<String, Object> fields = day(community, day, proposer);
                fields.put("kind", kind.toString());
                fields.put("settler", settler.toString());
                yield of("day-attested", fields);
            }
            case EnergyEvent.DayDissented(var community, var day, var proposer, var dissent) ->
                    of("day-dissented", with(day(community, day, proposer), dissent));
            case EnergyEvent.ClaimProposed(var proposer, var claim, long due) -> {
                SequencedMap<String, Object> fields = fields(claim);
                fields.put("proposer", proposer.toString());
                fields.put("dueMillis", due);
                yield of("claim-proposed", fields);
            }
            case EnergyEvent.ClaimAttested(var community, var month, var proposer, var settler) -> {
                SequencedMap<String, Object> fields = month(community, month, proposer);
                fields.put("settler", settler.toString());
                yield of("claim-attested", fields);
            }
            case EnergyEvent.ClaimObjected(var community, var month, var proposer, var objection) ->
                    of("claim-objected", with(month(community, month, proposer), objection));
            case EnergyEvent.ClaimHeld(var community, var month, var proposer) ->
                    of("claim-held", month(community, month, proposer));
            case EnergyEvent.ClaimDropped(var community, var month, var proposer, _) ->
                    of("claim-dropped", month(community, month, proposer));
        };
    }

    private static Happened of(String what, SequencedMap<String, Object> fields) {
        return new Happened("energy." + what, fields, Optional.empty());
    }

    private static SequencedMap<String, Object> day(
            String community, Object day, AccountId proposer) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("community", community);
        fields.put("day", day.toString());
        fields.put("proposer", proposer.toString());
        return fields;
    }

    private static SequencedMap<String, Object> month(
            String community, String month, AccountId proposer) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("community", community);
        fields.put("month", month);
        fields.put("proposer", proposer.toString());
        return fields;
    }

    private static SequencedMap<String, Object> with(
            SequencedMap<String, Object> fields, Objection objection) {
        objection.kind().ifPresent(kind -> fields.put("kind", kind.toString()));
        fields.put("settler", objection.settler().toString());
        fields.put("root", objection.root().toString());
        objection.index().ifPresent(at -> fields.put("index", at));
        return fields;
    }

    private static Happened happened(FoundCommunity founding) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("community", founding.community());
        fields.put("settler", founding.settler().toString());
        fields.put("claims", founding.claims().code());
        fields.put("terms", founding.terms().toString());
        fields.put("clearing", founding.clearing().toString());
        fields.put("communityAccount", founding.communityAccount().toString());
        fields.put("networkOperatorAccount", founding.networkOperatorAccount().toString());
        founding.settlers()
                .ifPresent(settlers -> {
                    fields.put(
                            "settlers",
                            settlers.accounts().stream().map(AccountId::toString).toList());
                    fields.put("quorum", settlers.quorum());
                    fields.put("objectionMillis", settlers.objectionMillis());
                });
        return new Happened("energy.community-founded", fields, Optional.empty());
    }

    private static SequencedMap<String, Object> fields(SettleDay day) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("community", day.community());
        fields.put("day", day.day().toString());
        fields.put("startMillis", day.startMillis());
        fields.put("endMillis", day.endMillis());
        fields.put("intervals", day.intervals());
        day.supersedes().ifPresent(root -> fields.put("supersedes", root.toString()));
        fields.put("readings", day.readings().toString());
        fields.put("allocations", day.allocations().toString());
        fields.put("terms", day.terms().toString());
        switch (day.totals()) {
            case Totals.Committed(var commitment) ->
                    fields.put("totalsCommitment", commitment.toString());
            case Totals.Published totals -> {
                fields.put("meters", totals.meters());
                fields.put("consumptionMwh", totals.consumption().mWh());
                fields.put("productionMwh", totals.production().mWh());
                fields.put("allocatedMwh", totals.allocated().mWh());
                fields.put("soldMwh", totals.sold().mWh());
            }
        }
        return fields;
    }

    private static SequencedMap<String, Object> fields(ClaimMonth claim) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("community", claim.community());
        fields.put("month", claim.month());
        fields.put("number", claim.number());
        fields.put("through", claim.through());
        fields.put("claims", claim.claims().stream().map(EnergyWords::claim).toList());
        return fields;
    }

    private static SequencedMap<String, Object> claim(Claim claim) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", claim.account().toString());
        fields.put("amount", Long.toString(claim.amount().micros()));
        return fields;
    }
}
