package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.energy.EnergyContract;
import mitoyen.ledger.energy.EnergyDecision;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.proof.Digest;

/// The rules of a ledger: what comes of a transaction in a state, and what an event changes.
public final class StateMachine {
    private final EnergyContract energy;

    /// The rules as a genesis sets them.
    public StateMachine(Genesis genesis) {
        this.energy = new EnergyContract(genesis.founder(), genesis.parameters().crowd());
    }

    /// What comes of a transaction: events, or one rejection. Writes nothing, and is total for
    /// whatever a transaction can hold (LE-57).
    ///
    /// @param height the height of the block that it is in
    public Decision decide(State state, long height, VerifiedTransaction verified) {
        Transaction transaction = verified.transaction();
        Optional<Digest> known = state.transactions().find(transaction.id().bytes());
        if (known.isPresent()) {
            return known.get().equals(verified.contentHash())
                    ? new Decision.Exists()
                    : new Decision.Refused(
                            new Rejection.OfTransaction(TransactionRejection.ID_TAKEN));
        }
        return switch (transaction.step()) {
            case Step.Energy(var step) ->
                    decision(
                            verified,
                            energy.decide(
                                    state.energy(),
                                    state.accounts(),
                                    height,
                                    verified.signers(),
                                    step));
        };
    }

    /// The state after an event. Cannot refuse.
    public State apply(State state, Event event) {
        return switch (event) {
            case Event.TransactionAccepted(TransactionId id, Digest contentHash) ->
                    new State(
                            state.accounts(),
                            state.energy(),
                            state.transactions().put(id.bytes(), contentHash));
            case Event.Energy(EnergyEvent happened) ->
                    new State(
                            state.accounts(),
                            energy.apply(state.energy(), happened),
                            state.transactions());
            case Event.Transferred(var transfer) ->
                    new State(
                            state.accounts().after(transfer), state.energy(), state.transactions());
        };
    }

    private static Decision decision(VerifiedTransaction verified, EnergyDecision decision) {
        return switch (decision) {
            case EnergyDecision.Refused(var reason) ->
                    new Decision.Refused(new Rejection.OfEnergy(reason));
            case EnergyDecision.Accepted accepted -> {
                List<Event> events = new ArrayList<>();
                events.add(
                        new Event.TransactionAccepted(
                                verified.transaction().id(), verified.contentHash()));
                events.add(new Event.Energy(accepted.event()));
                accepted.transfers().stream().map(Event.Transferred::new).forEach(events::add);
                yield new Decision.Accepted(events);
            }
        };
    }
}
