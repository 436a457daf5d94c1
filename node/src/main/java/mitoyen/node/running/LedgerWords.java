package mitoyen.node.running;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.consensus.Block;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.energy.EnergyTransaction.ClaimMonth;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.energy.EnergyTransaction.Totals;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rejection;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.node.running.CommittedBlock.Entry;
import mitoyen.node.running.CommittedBlock.Outcome;

/// The ledger's answers and events in the plain words of [CommittedBlock].
final class LedgerWords {
    private LedgerWords() {}

    static Refusal refusal(TransactionRejection reason) {
        return refusal(new Rejection.OfTransaction(reason));
    }

    /// What came of a transaction.
    ///
    /// @param id in hexadecimal, where it is known
    /// @param bytes what was sent
    static Entry entry(Optional<String> id, ByteString bytes, Draft.Outcome came) {
        return new Entry(
                id,
                came.receipt().sent(),
                bytes,
                outcome(came.receipt()),
                came.events().stream().flatMap(event -> happened(event).stream()).toList());
    }

    /// What came of the transactions of a block that was read back. A bundle that is malformed
    /// counts as one, as its receipts have it.
    static List<Entry> entries(Block block, List<Draft.Outcome> outcomes, Parameters limits) {
        List<ByteString> sent = new ArrayList<>();
        for (byte[] bytes : block.bundles()) {
            try {
                sent.addAll(Bundle.decode(bytes, limits).transactions());
            } catch (CborException malformed) {
                sent.add(ByteString.of(bytes));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            ByteString bytes = sent.get(i);
            entries.add(entry(findId(bytes.toBytes(), limits), bytes, outcomes.get(i)));
        }
        return entries;
    }

    private static Optional<String> findId(byte[] bytes, Parameters limits) {
        try {
            byte[] body = SignedTransaction.decode(bytes, limits).body().toBytes();
            return Optional.of(TransactionCodec.decode(body, limits).id().toString());
        } catch (CborException malformed) {
            return Optional.empty();
        }
    }

    private static Outcome outcome(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _ -> new Outcome.Accepted();
            case Receipt.Exists _ -> new Outcome.Exists();
            case Receipt.Rejected rejected -> new Outcome.Rejected(refusal(rejected.rejection()));
        };
    }

    static Refusal refusal(Rejection rejection) {
        String name =
                switch (rejection) {
                    case Rejection.OfTransaction(var reason) -> reason.name();
                    case Rejection.OfEnergy(var reason) -> reason.name();
                };
        return new Refusal(rejection.module(), rejection.number(), name, rejection.mayPassLater());
    }

    private static Optional<Happened> happened(Event event) {
        return switch (event) {
            case Event.TransactionAccepted _ -> Optional.empty();
            case Event.Transferred(Transfer transfer) -> Optional.of(happened(transfer));
            case Event.Energy(EnergyEvent.CommunityFounded(var founding)) ->
                    Optional.of(happened(founding));
            case Event.Energy(EnergyEvent.DaySettled(var settlement)) ->
                    Optional.of(happened(settlement));
            case Event.Energy(EnergyEvent.MonthClaimed(var claim)) -> Optional.of(happened(claim));
        };
    }

    private static Happened happened(Transfer transfer) {
        var movement =
                new Happened.Movement(
                        transfer.asset().code(),
                        transfer.from().toString(),
                        transfer.to().toString(),
                        transfer.amount().micros());
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("asset", movement.asset());
        fields.put("from", movement.from());
        fields.put("to", movement.to());
        fields.put("amount", Long.toString(movement.amount()));
        return new Happened("account.transferred", fields, Optional.of(movement));
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
        return new Happened("energy.community-founded", fields, Optional.empty());
    }

    private static Happened happened(SettleDay day) {
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
        return new Happened("energy.day-settled", fields, Optional.empty());
    }

    private static Happened happened(ClaimMonth claim) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("community", claim.community());
        fields.put("month", claim.month());
        fields.put("number", claim.number());
        fields.put("through", claim.through());
        fields.put("claims", claim.claims().stream().map(LedgerWords::claim).toList());
        return new Happened("energy.month-claimed", fields, Optional.empty());
    }

    private static SequencedMap<String, Object> claim(Claim claim) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", claim.account().toString());
        fields.put("amount", Long.toString(claim.amount().micros()));
        return fields;
    }
}
