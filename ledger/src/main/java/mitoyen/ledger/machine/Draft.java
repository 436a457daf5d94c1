package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleLog;
import mitoyen.ledger.proof.MerkleTree;

/// A block while it is executed: kept by [#seal()], dropped by forgetting it. The state that it
/// started from is not changed.
public final class Draft {
    /// For how many transactions it is of use to look ahead at once.
    public static final int AHEAD = 32;

    private final StateMachine machine;
    private final Moment moment;
    private final List<Event> first = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final MerkleLog receipts = new MerkleLog();
    private State state;

    /// A block on top of a state.
    ///
    /// @param moment the block's height and time
    public Draft(StateMachine machine, State state, Moment moment) {
        this.machine = machine;
        this.state = state.in(MapMode.DRAFTED);
        this.moment = moment;
    }

    /// Does what is to happen by itself before the first transaction of a block that holds a
    /// bundle, be it an empty one: forgets ids, fires timers (LE-94, LE-96). Under version 1
    /// nothing is.
    public void begin() {
        Rules rules = machine.rules(state, moment.height());
        if (rules.areFirst()) {
            return;
        }
        TrafficLimits limits = rules.parameters().traffic();
        Optional<Long> expired =
                state.traffic().findExpired(moment.timeMillis(), limits.validityMillis());
        if (expired.isPresent()) {
            Event forgotten = new Event.IdsForgotten(expired.get());
            apply(List.of(forgotten));
            first.add(forgotten);
        }
        // What one timer does may take back another.
        for (Timer timer : state.timers().due(moment.timeMillis(), limits.timersPerBlock())) {
            if (!state.timers().include(timer)) {
                continue;
            }
            List<Event> events = machine.fire(state, timer);
            apply(events);
            add(new Receipt.Fired(timer.key()), events);
        }
    }

    /// Takes note of what the engine of a shared ledger found out, after the timers and before the
    /// first transaction (LE-177).
    ///
    /// @param evidence in the engine's order
    /// @param engineHeight the height of the engine's block
    public void notice(List<Evidence> evidence, long engineHeight) {
        for (Evidence each : evidence) {
            List<Event> events = List.of(machine.punish(state, each, engineHeight));
            apply(events);
            add(new Receipt.Noticed(each), events);
        }
    }

    /// Brings near what the next transactions will look up. A few at a time, at most [#AHEAD],
    /// since what is near is soon pushed out by what comes next; it changes nothing but the speed.
    public void lookAhead(List<VerifiedTransaction> next) {
        LookAhead.lookAhead(state, next);
    }

    /// Executes a transaction whose signatures hold.
    ///
    /// @param sent the SHA-256 of the bytes that were sent
    public void execute(Digest sent, VerifiedTransaction transaction) {
        switch (machine.decide(state, moment, transaction)) {
            case Decision.Accepted(List<Event> events) -> {
                apply(events);
                add(new Receipt.Accepted(sent), events);
            }
            case Decision.Exists() -> add(new Receipt.Exists(sent), List.of());
            case Decision.Refused(var rejection, var step, List<Event> events) -> {
                apply(events);
                add(new Receipt.Rejected(sent, rejection, step), events);
            }
        }
    }

    /// Refuses bytes that are no transaction for this ledger.
    ///
    /// @param sent the SHA-256 of the bytes that were sent
    public void refuse(Digest sent, TransactionRejection reason) {
        add(new Receipt.Rejected(sent, new Rejection.OfTransaction(reason)), List.of());
    }

    /// What came of the block.
    public Sealed seal() {
        State sealed = state.in(MapMode.SHARED);
        return new Sealed(sealed, sealed.root(), first, outcomes, receipts.root());
    }

    private void apply(List<Event> events) {
        for (Event event : events) {
            state = machine.apply(state, event);
            Invariant.checkLimits(state, event);
        }
        Invariant.checkAll(state, events);
    }

    private void add(Receipt receipt, List<Event> events) {
        byte[] bytes = receipt.toBytes();
        receipts.append(MerkleTree.leafHash(bytes));
        outcomes.add(new Outcome(receipt, ByteString.of(bytes), events));
    }

    /// What came of one transaction, or of a timer.
    ///
    /// @param bytes of the receipt, those under the root
    /// @param events what happened, in order; no asset moved unless it was accepted
    public record Outcome(Receipt receipt, ByteString bytes, List<Event> events) {
        public Outcome {
            events = List.copyOf(events);
        }
    }

    /// What came of a block.
    ///
    /// @param state after it
    /// @param stateRoot the root over that state
    /// @param first what happened before all outcomes, and has no receipt: ids were forgotten
    /// @param outcomes of its timers, evidence and transactions, in order
    /// @param receiptsRoot the RFC 9162 root over their receipts (LE-62)
    public record Sealed(
            State state,
            Digest stateRoot,
            List<Event> first,
            List<Outcome> outcomes,
            Digest receiptsRoot) {
        public Sealed {
            first = List.copyOf(first);
            outcomes = List.copyOf(outcomes);
        }

        /// All that happened, in order: from these alone comes the same state (LE-53).
        public List<Event> events() {
            List<Event> events = new ArrayList<>(first);
            outcomes.forEach(outcome -> events.addAll(outcome.events()));
            return List.copyOf(events);
        }
    }
}
