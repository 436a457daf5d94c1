package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.account.AccountContract;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.energy.EnergyContract;
import mitoyen.ledger.energy.EnergyDecision;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceContract;
import mitoyen.ledger.governance.GovernanceEvent;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.proof.Digest;

/// The rules of a ledger: what comes of a transaction in a state, and what an event changes.
public final class StateMachine {
    private final Genesis genesis;
    private final AccountId founder;
    private final EnergyContract energy;

    /// The rules of validators, where several nodes share the ledger.
    private final Optional<GovernanceContract> governance;

    /// The rules as a genesis sets them.
    public StateMachine(Genesis genesis) {
        this.genesis = genesis;
        this.founder = genesis.founderAccount();
        this.energy = new EnergyContract(genesis.founder(), genesis.parameters().crowd());
        this.governance =
                genesis.governance().map(terms -> new GovernanceContract(terms.councilAccount()));
    }

    /// The state before the first block: from version 2 on there are the founder's account and the
    /// assets of the genesis (LE-150).
    public State initialState() {
        if (genesis.version() == Genesis.PROTOCOL_VERSION) {
            return State.INITIAL;
        }
        State state = apply(State.INITIAL, founderOpened());
        for (var terms : genesis.assets()) {
            state = apply(state, new Event.Account(new AccountEvent.AssetCreated(terms)));
        }
        for (Event event : genesis.governance().map(StateMachine::begun).orElse(List.of())) {
            state = apply(state, event);
        }
        return state;
    }

    /// The rules that hold for a block on top of a state.
    public Rules rules(State state, long height) {
        return Rules.at(genesis, state, height);
    }

    /// What comes of a transaction: events, or one rejection. Writes nothing, and is total for
    /// whatever a transaction can hold (LE-57).
    public Decision decide(State state, Moment moment, VerifiedTransaction verified) {
        Rules rules = rules(state, moment.height());
        return switch (verified.transaction()) {
            case Transaction.Version1 first when isFirst(rules.version(), first.version()) ->
                    decideFirst(state, moment, verified, first);
            case Transaction.Version2 second when isActivation(second) ->
                    new ActivationRules(genesis, rules).decide(state, moment, verified, second);
            case Transaction.Version2 second when rules.version() == second.version() ->
                    laterRules(rules).decide(state, moment, verified, second);
            case Transaction.Version1 _, Transaction.Version2 _ ->
                    new Decision.Refused(TransactionRejection.FOR_ANOTHER_VERSION);
        };
    }

    /// What a transaction meets before its steps are looked at: that it was done, or that id,
    /// expiry, sender, lane or bucket do not let it pass. Empty where they do, and for what is not
    /// an ordinary transaction of version 2 or later.
    public Optional<Decision> findDoor(State state, Moment moment, VerifiedTransaction verified) {
        Rules rules = rules(state, moment.height());
        return verified.transaction() instanceof Transaction.Version2 second
                        && rules.version() == second.version()
                        && !isActivation(second)
                ? laterRules(rules).findDoor(state, moment, verified, second)
                : Optional.empty();
    }

    /// What happens by itself at the beginning of a block with a bundle: ids are forgotten, timers
    /// fire (LE-94, LE-96). Each list is what comes of one timer, and the first of the ids.
    ///
    /// A step depends on those before it: the caller applies each before it asks for the next.
    List<Event> fire(State state, Timer timer) {
        AccountContract accounts = accounts(genesis.parameters());
        List<Event> events = new ArrayList<>();
        events.add(new Event.TimerFired(timer));
        switch (timer.subject()) {
            case Timer.Subject.Expiry(var pending) ->
                    accounts.expire(state.account(), pending)
                            .map(Event.Account::new)
                            .ifPresent(events::add);
            case Timer.Subject.RecoveryEnd(var account) ->
                    accounts.completeRecovery(state.account(), account)
                            .map(Event.Account::new)
                            .ifPresent(events::add);
            case Timer.Subject.ClaimDue(var claim) ->
                    energy.due(state.energy(), state.accounts(), claim)
                            .map(TransactionRules::withTimers)
                            .ifPresent(events::addAll);
        }
        return events;
    }

    /// What comes of evidence against a validator.
    ///
    /// @param engineHeight the height of the engine's block that brought it
    Event punish(State state, Evidence evidence, long engineHeight) {
        return new Event.Governance(
                governance.orElseThrow().punish(state.governance(), evidence, engineHeight));
    }

    /// The state after an event. Cannot refuse.
    public State apply(State state, Event event) {
        return switch (event) {
            case Event.TransactionAccepted(TransactionId id, Digest contentHash) ->
                    state.with(state.transactions().put(id.bytes(), contentHash));
            case Event.TransactionTaken taken ->
                    state.with(state.traffic().with(taken, validityMillis(state)));
            case Event.IdsForgotten(long window) -> state.with(state.traffic().forgetting(window));
            case Event.Energy(EnergyEvent happened) ->
                    state.with(energy.apply(state.energy(), happened));
            case Event.Transferred(var transfer) ->
                    state.with(state.account().with(state.accounts().after(transfer)));
            case Event.Account(AccountEvent happened) ->
                    state.with(accounts(genesis.parameters()).apply(state.account(), happened));
            case Event.Governance(GovernanceEvent happened) ->
                    state.with(governance.orElseThrow().apply(state.governance(), happened));
            case Event.TimerSet(Timer timer) -> state.with(state.timers().with(timer));
            case Event.TimerCancelled(Timer timer) -> state.with(state.timers().without(timer));
            case Event.TimerFired(Timer timer) -> state.with(state.timers().without(timer));
            case Event.Activated(Activation activation) -> state.with(activation);
        };
    }

    /// The span of a window of ids: that of the rules which were activated, if they were. The first
    /// to have ids pin it for those that follow (LE-155).
    private long validityMillis(State state) {
        return state.activations()
                .last()
                .map(Activation::parameters)
                .orElse(genesis.parameters())
                .traffic()
                .validityMillis();
    }

    private Decision decideFirst(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version1 transaction) {
        Optional<Digest> known = state.transactions().find(transaction.id().bytes());
        if (known.isPresent()) {
            return known.get().equals(verified.contentHash())
                    ? new Decision.Exists()
                    : new Decision.Refused(TransactionRejection.ID_TAKEN);
        }
        return switch (transaction.step()) {
            case Step.Energy(var step) ->
                    decision(
                            verified,
                            energy.decide(
                                    state.energy(),
                                    state.accounts(),
                                    moment.height(),
                                    verified.signers(),
                                    step));
            case Step.Account _, Step.Governance _, Step.Activate _ ->
                    throw new IllegalStateException("version 1 has no such step");
        };
    }

    private static Decision decision(VerifiedTransaction verified, EnergyDecision decision) {
        return switch (decision) {
            case EnergyDecision.Refused(var reason) ->
                    new Decision.Refused(
                            new Rejection.OfEnergy(reason), OptionalInt.empty(), List.of());
            case EnergyDecision.Accepted accepted -> {
                List<Event> events = new ArrayList<>();
                events.add(
                        new Event.TransactionAccepted(
                                verified.transaction().id(), verified.contentHash()));
                accepted.events().stream().map(Event.Energy::new).forEach(events::add);
                accepted.transfers().stream().map(Event.Transferred::new).forEach(events::add);
                yield new Decision.Accepted(events);
            }
        };
    }

    /// Under later rules a transaction of the first form is none, whatever version it names.
    private static boolean isFirst(int inForce, int named) {
        return inForce == Genesis.PROTOCOL_VERSION && named == Genesis.PROTOCOL_VERSION;
    }

    private static boolean isActivation(Transaction.Version2 transaction) {
        return transaction.steps().size() == 1
                && transaction.steps().getFirst() instanceof Step.Activate;
    }

    private TransactionRules laterRules(Rules rules) {
        Parameters parameters = rules.parameters();
        return new TransactionRules(
                this::apply,
                genesis,
                accounts(parameters),
                new EnergyContract(genesis.founder(), parameters.crowd(), parameters.localDays()),
                governance,
                rules);
    }

    /// The council's account and the first validators have their places from the start (LE-171).
    private static List<Event> begun(GovernanceTerms terms) {
        List<Event> events = new ArrayList<>();
        events.add(
                new Event.Account(
                        new AccountEvent.AccountOpened(terms.councilAccount(), terms.council())));
        terms.validators().stream()
                .map(GovernanceEvent.ValidatorSeated::new)
                .map(Event.Governance::new)
                .forEach(events::add);
        return events;
    }

    private AccountContract accounts(Parameters parameters) {
        return new AccountContract(founder, parameters.accounts());
    }

    private Event founderOpened() {
        return new Event.Account(
                new AccountEvent.AccountOpened(founder, SignerSet.single(genesis.founder())));
    }
}
