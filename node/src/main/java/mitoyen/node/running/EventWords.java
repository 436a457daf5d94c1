package mitoyen.node.running;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceEvent;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.quantity.Amount;

/// The ledger's events in the plain words of [Happened]. What only serves the ledger's own memory,
/// such as a lane that moved, is left out.
final class EventWords {
    private EventWords() {}

    static Optional<Happened> happened(Event event) {
        return switch (event) {
            case Event.TransactionAccepted _,
                    Event.TransactionTaken _,
                    Event.IdsForgotten _,
                    Event.TimerSet _,
                    Event.TimerCancelled _,
                    Event.TimerFired _ ->
                    Optional.empty();
            case Event.Transferred(Transfer transfer) ->
                    Optional.of(
                            moved("account.transferred", transfer, transfer.amount().units(), 0));
            case Event.Account(AccountEvent happened) -> Optional.of(happened(happened));
            case Event.Energy(EnergyEvent happened) -> Optional.of(EnergyWords.happened(happened));
            case Event.Governance(GovernanceEvent happened) -> Optional.of(happened(happened));
            case Event.Activated(var activation) -> {
                SequencedMap<String, Object> fields = new LinkedHashMap<>();
                fields.put("version", activation.version());
                fields.put("height", activation.height());
                yield Optional.of(new Happened("rules.activated", fields, Optional.empty()));
            }
        };
    }

    private static Happened happened(AccountEvent event) {
        return switch (event) {
            case AccountEvent.AccountOpened(var account, _) -> of("opened", account);
            case AccountEvent.SignersSet(var account, _) -> of("signers-set", account);
            case AccountEvent.Delegated(var account, var delegation) ->
                    of("delegated", account, "key", delegation.key());
            case AccountEvent.DelegationRevoked(var account, var key) ->
                    of("delegation-revoked", account, "key", key);
            case AccountEvent.AllowanceSpent(var account, var key, _, _, _) ->
                    of("allowance-spent", account, "key", key);
            case AccountEvent.GuardiansSet(var account, _) -> of("guardians-set", account);
            case AccountEvent.RecoveryBegun(var account, _) -> of("recovery-begun", account);
            case AccountEvent.RecoveryCancelled(var account, _) ->
                    of("recovery-cancelled", account);
            case AccountEvent.Recovered(var account) -> of("recovered", account);
            case AccountEvent.AccountClosed(var account) -> of("closed", account);
            case AccountEvent.AssetCreated(var terms) -> {
                SequencedMap<String, Object> fields = new LinkedHashMap<>();
                fields.put("asset", terms.asset().code());
                yield new Happened("account.asset-created", fields, Optional.empty());
            }
            case AccountEvent.LimitSet(var limit) ->
                    of("limit-set", limit.account(), "asset", limit.asset().code());
            case AccountEvent.Moved(var transfer, var reference) ->
                    with(
                            moved("account.moved", transfer, transfer.amount().units(), 0),
                            "reference",
                            reference);
            case AccountEvent.Reserved(var pending) ->
                    with(
                            pending("account.reserved", pending, 0, amountOf(pending)),
                            "expiresMillis",
                            pending.expiresMillis());
            case AccountEvent.Posted(var pending, Amount amount) ->
                    pending("account.posted", pending, amount.units(), -amountOf(pending));
            case AccountEvent.Voided(var pending) ->
                    pending("account.voided", pending, 0, -amountOf(pending));
            case AccountEvent.Expired(var pending) ->
                    pending("account.expired", pending, 0, -amountOf(pending));
        };
    }

    private static Happened happened(GovernanceEvent event) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        String what =
                switch (event) {
                    case GovernanceEvent.ValidatorSeated(var validator) -> {
                        fields.put("key", validator.key().toString());
                        fields.put("power", Long.toString(validator.power()));
                        fields.put("name", validator.name());
                        yield "validator-seated";
                    }
                    case GovernanceEvent.ValidatorLeft(var key) -> {
                        fields.put("key", key.toString());
                        yield "validator-left";
                    }
                    case GovernanceEvent.ValidatorPunished(var evidence, long noticedAt) -> {
                        put(fields, evidence, noticedAt);
                        yield "validator-punished";
                    }
                    case GovernanceEvent.LastValidatorAccused(var evidence, long noticedAt) -> {
                        put(fields, evidence, noticedAt);
                        yield "last-validator-accused";
                    }
                    case GovernanceEvent.EvidenceNoted(var evidence, long noticedAt) -> {
                        put(fields, evidence, noticedAt);
                        yield "evidence-noted";
                    }
                };
        return new Happened("governance." + what, fields, Optional.empty());
    }

    private static void put(
            SequencedMap<String, Object> fields, Evidence evidence, long noticedAt) {
        fields.put("address", evidence.address().toString());
        fields.put("misbehaviour", evidence.kind().name().toLowerCase(Locale.ROOT));
        fields.put("engineHeight", evidence.height());
        fields.put("timeMillis", evidence.timeMillis());
        fields.put("noticedAt", noticedAt);
    }

    private static Happened of(String what, AccountId account) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", account.toString());
        return new Happened("account." + what, fields, Optional.empty());
    }

    private static Happened of(String what, AccountId account, String name, Object value) {
        return with(of(what, account), name, value);
    }

    private static Happened with(Happened happened, String name, Object value) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>(happened.fields());
        fields.put(name, value.toString());
        return new Happened(happened.type(), fields, happened.movement());
    }

    private static Happened pending(
            String type, PendingTransfer pending, long posted, long reserved) {
        return with(moved(type, pending.transfer(), posted, reserved), "pending", pending.id());
    }

    private static long amountOf(PendingTransfer pending) {
        return pending.transfer().amount().units();
    }

    /// @param posted how much moved
    /// @param pending how much more is reserved than before
    private static Happened moved(String type, Transfer transfer, long posted, long pending) {
        String asset = transfer.asset().code();
        AccountId from = transfer.from();
        AccountId to = transfer.to();
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("asset", asset);
        fields.put("from", from.toString());
        fields.put("to", to.toString());
        fields.put("amount", Long.toString(posted > 0 ? posted : Math.abs(pending)));
        return new Happened(
                type, fields, Optional.of(new Happened.Movement(asset, from, to, posted, pending)));
    }
}
