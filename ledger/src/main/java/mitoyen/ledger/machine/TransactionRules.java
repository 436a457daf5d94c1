package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import mitoyen.ledger.account.AccountContext;
import mitoyen.ledger.account.AccountContract;
import mitoyen.ledger.account.AccountDecision;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Authority;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.account.Times;
import mitoyen.ledger.energy.EnergyContext;
import mitoyen.ledger.energy.EnergyContract;
import mitoyen.ledger.energy.EnergyDecision;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.OpenClaim;
import mitoyen.ledger.governance.GovernanceContract;
import mitoyen.ledger.governance.GovernanceDecision;
import mitoyen.ledger.proof.MapMode;

/// What comes of a transaction from version 2 on (LE-90 to LE-95): whether its id, expiry, sender,
/// lane and bucket let it pass, then its steps one after the other, of which the first that is
/// refused refuses all.
final class TransactionRules {
    private final BiFunction<State, Event, State> apply;
    private final Genesis genesis;
    private final AccountContract accounts;
    private final EnergyContract energy;
    private final Optional<GovernanceContract> governance;
    private final Rules rules;
    private final TrafficLimits limits;

    TransactionRules(
            BiFunction<State, Event, State> apply,
            Genesis genesis,
            AccountContract accounts,
            EnergyContract energy,
            Optional<GovernanceContract> governance,
            Rules rules) {
        this.apply = apply;
        this.genesis = genesis;
        this.accounts = accounts;
        this.energy = energy;
        this.governance = governance;
        this.rules = rules;
        this.limits = rules.parameters().traffic();
    }

    Decision decide(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction) {
        Sender sender = sender(state, moment, transaction);
        return findDoor(state, moment, verified, transaction, sender)
                .orElseGet(() -> execute(state, moment, verified, transaction, sender));
    }

    /// What a transaction meets before its steps are looked at: it was done or its id is taken, or
    /// expiry, sender, lane or bucket do not let it pass. Empty where they do.
    Optional<Decision> findDoor(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction) {
        Sender sender = sender(state, moment, transaction);
        return findDoor(state, moment, verified, transaction, sender);
    }

    private Optional<Decision> findDoor(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction,
            Sender sender) {
        Optional<IdEntry> known = state.traffic().find(transaction.sender(), transaction.id());
        if (known.isPresent()) {
            return Optional.of(
                    known.get()
                            .findObstacle(verified.contentHash())
                            .<Decision>map(Decision.Refused::new)
                            .orElseGet(Decision.Exists::new));
        }
        return findObstacle(state, moment, verified, transaction, sender)
                .map(Decision.Refused::new);
    }

    private Sender sender(State state, Moment moment, Transaction.Version2 transaction) {
        return state.traffic()
                .sender(transaction.sender())
                .leaked(moment.timeMillis(), limits.bucketMillis());
    }

    private Optional<TransactionRejection> findObstacle(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction,
            Sender sender) {
        Transaction.Expiry expiry = transaction.expiry();
        if (moment.height() > expiry.height() || moment.timeMillis() >= expiry.timeMillis()) {
            return Optional.of(TransactionRejection.EXPIRED);
        }
        if (expiry.height() > Times.after(moment.height(), limits.validityBlocks())
                || expiry.timeMillis()
                        > Times.after(moment.timeMillis(), limits.validityMillis())) {
            return Optional.of(TransactionRejection.EXPIRY_TOO_FAR);
        }
        if (rules.boundNumbers() && transaction.number() > expiry.timeMillis()) {
            return Optional.of(TransactionRejection.NUMBER_TOO_FAR);
        }
        Optional<Holder> holder = state.account().findHolder(transaction.sender());
        if (holder.isEmpty()) {
            return Optional.of(TransactionRejection.SENDER_UNKNOWN);
        }
        Authority authority = new Authority(verified.signatures(), moment.timeMillis());
        if (!authority.speaksFor(holder.get())) {
            return Optional.of(TransactionRejection.NOT_SIGNED_BY_SENDER);
        }
        if (sender.passed(transaction.lane(), transaction.number())) {
            return Optional.of(TransactionRejection.LANE_PASSED);
        }
        if (!sender.lanes().containsKey(transaction.lane())
                && sender.lanes().size() >= limits.lanes()) {
            return Optional.of(TransactionRejection.TOO_MANY_LANES);
        }
        return sender.bucketSteps() + transaction.steps().size() > limits.bucketSteps()
                ? Optional.of(TransactionRejection.BUCKET_FULL)
                : Optional.empty();
    }

    private Decision execute(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction,
            Sender sender) {
        List<Event> events = new ArrayList<>();
        events.add(taken(verified, transaction, sender, true));
        int last = transaction.steps().size() - 1;
        State after = last == 0 ? state : state.in(MapMode.TRIED);
        for (int index = 0; index < transaction.steps().size(); index++) {
            Step step = transaction.steps().get(index);
            switch (decide(after, moment, verified, transaction, step, index)) {
                case StepDecision.Accepted(var happened) -> {
                    after = index == last ? after : applied(after, happened);
                    events.addAll(happened);
                }
                case StepDecision.Refused(var rejection) -> {
                    return new Decision.Refused(
                            rejection,
                            OptionalInt.of(index),
                            List.of(taken(verified, transaction, sender, false)));
                }
            }
        }
        return new Decision.Accepted(events);
    }

    /// What the next step is decided on.
    private State applied(State state, List<Event> events) {
        State after = state;
        for (Event event : events) {
            after = apply.apply(after, event);
        }
        return after;
    }

    private StepDecision decide(
            State state,
            Moment moment,
            VerifiedTransaction verified,
            Transaction.Version2 transaction,
            Step step,
            int index) {
        Boundary boundary = new Boundary(genesis, state);
        return switch (step) {
            case Step.Account(var asked) -> {
                AccountContext context =
                        new AccountContext(
                                moment.timeMillis(),
                                verified.signatures(),
                                verified.contentHash(),
                                index);
                AccountDecision decision = accounts.decide(state.account(), context, asked);
                yield switch (boundary.check(asked, decision)) {
                    case AccountDecision.Accepted(var happened) ->
                            new StepDecision.Accepted(withTimers(happened));
                    case AccountDecision.Refused(var reason) ->
                            new StepDecision.Refused(new Rejection.OfAccount(reason));
                };
            }
            case Step.Energy(var asked) -> {
                Authority authority = new Authority(verified.signatures(), moment.timeMillis());
                EnergyDecision decision =
                        energy.decide(
                                state.energy(),
                                state.accounts(),
                                new EnergyContext(
                                        moment.height(),
                                        moment.timeMillis(),
                                        transaction.expiry().timeMillis(),
                                        boundary.signers(asked, verified, authority),
                                        findSpeaker(state, transaction.sender(), authority)),
                                asked);
                yield switch (decision) {
                    case EnergyDecision.Accepted accepted ->
                            boundary.findBreach(asked)
                                    .<StepDecision>map(StepDecision.Refused::new)
                                    .orElseGet(
                                            () -> new StepDecision.Accepted(withTimers(accepted)));
                    case EnergyDecision.Refused(var reason) ->
                            new StepDecision.Refused(new Rejection.OfEnergy(reason));
                };
            }
            case Step.Governance(var asked) -> {
                Authority authority = new Authority(verified.signatures(), moment.timeMillis());
                GovernanceDecision decision =
                        governance
                                .orElseThrow()
                                .decide(
                                        state.governance(),
                                        state.account(),
                                        transaction.sender(),
                                        authority,
                                        asked);
                yield switch (decision) {
                    case GovernanceDecision.Accepted(var happened) ->
                            new StepDecision.Accepted(List.of(new Event.Governance(happened)));
                    case GovernanceDecision.Refused(var reason) ->
                            new StepDecision.Refused(new Rejection.OfGovernance(reason));
                };
            }
            case Step.Activate _ ->
                    new StepDecision.Refused(
                            new Rejection.OfTransaction(
                                    TransactionRejection.ACTIVATION_OUT_OF_ORDER));
        };
    }

    /// The sender's account, if it is open and its signers consent.
    private static Optional<AccountId> findSpeaker(
            State state, AccountId sender, Authority authority) {
        return state.account()
                .findHolder(sender)
                .filter(holder -> !holder.closed() && authority.signsFor(holder))
                .map(Holder::id);
    }

    /// What happens in the energy contract, with the timers that it sets or takes back.
    static List<Event> withTimers(EnergyDecision.Accepted decision) {
        List<Event> happened = new ArrayList<>();
        for (EnergyEvent event : decision.events()) {
            happened.add(new Event.Energy(event));
            switch (event) {
                case EnergyEvent.ClaimProposed(var proposer, var claim, long due) ->
                        happened.add(
                                new Event.TimerSet(
                                        claimDue(due, claim.community(), claim.month(), proposer)));
                case EnergyEvent.ClaimDropped(var community, var month, var proposer, var timer) ->
                        timer.ifPresent(due ->
                                happened.add(
                                        new Event.TimerCancelled(
                                                claimDue(due, community, month, proposer))));
                case EnergyEvent.CommunityFounded _,
                        EnergyEvent.DaySettled _,
                        EnergyEvent.MonthClaimed _,
                        EnergyEvent.DayProposed _,
                        EnergyEvent.DayAttested _,
                        EnergyEvent.DayDissented _,
                        EnergyEvent.ClaimAttested _,
                        EnergyEvent.ClaimObjected _,
                        EnergyEvent.ClaimHeld _ -> {}
            }
        }
        decision.transfers().stream().map(Event.Transferred::new).forEach(happened::add);
        return happened;
    }

    private static Timer claimDue(
            long dueMillis, String community, String month, AccountId proposer) {
        return new Timer(
                dueMillis, new Timer.Subject.ClaimDue(OpenClaim.key(community, month, proposer)));
    }

    private static Event taken(
            VerifiedTransaction verified,
            Transaction.Version2 transaction,
            Sender sender,
            boolean accepted) {
        return new Event.TransactionTaken(
                transaction.sender(),
                transaction.id(),
                new IdEntry(verified.contentHash(), accepted),
                transaction.expiry().timeMillis(),
                sender.sent(transaction.lane(), transaction.number(), transaction.steps().size()));
    }

    /// What happens, and the timers that it sets or takes back.
    private static List<Event> withTimers(List<AccountEvent> happened) {
        List<Event> events = new ArrayList<>();
        for (AccountEvent event : happened) {
            events.add(new Event.Account(event));
            switch (event) {
                case AccountEvent.Reserved(var pending) ->
                        events.add(new Event.TimerSet(expiryOf(pending)));
                case AccountEvent.Posted(var pending, _) ->
                        events.add(new Event.TimerCancelled(expiryOf(pending)));
                case AccountEvent.Voided(var pending) ->
                        events.add(new Event.TimerCancelled(expiryOf(pending)));
                case AccountEvent.RecoveryBegun(var account, var recovery) ->
                        events.add(
                                new Event.TimerSet(
                                        new Timer(
                                                recovery.dueMillis(),
                                                new Timer.Subject.RecoveryEnd(account))));
                case AccountEvent.RecoveryCancelled(var account, long due) ->
                        events.add(
                                new Event.TimerCancelled(
                                        new Timer(due, new Timer.Subject.RecoveryEnd(account))));
                case AccountEvent.AccountOpened _,
                        AccountEvent.SignersSet _,
                        AccountEvent.Delegated _,
                        AccountEvent.DelegationRevoked _,
                        AccountEvent.AllowanceSpent _,
                        AccountEvent.GuardiansSet _,
                        AccountEvent.Recovered _,
                        AccountEvent.AccountClosed _,
                        AccountEvent.AssetCreated _,
                        AccountEvent.LimitSet _,
                        AccountEvent.Moved _,
                        AccountEvent.Expired _ -> {}
            }
        }
        return events;
    }

    private static Timer expiryOf(PendingTransfer pending) {
        return new Timer(pending.expiresMillis(), new Timer.Subject.Expiry(pending.id()));
    }

    /// What comes of one step.
    private sealed interface StepDecision {
        /// It is accepted.
        record Accepted(List<Event> events) implements StepDecision {}

        /// It is refused, and all with it.
        record Refused(Rejection rejection) implements StepDecision {}
    }
}
