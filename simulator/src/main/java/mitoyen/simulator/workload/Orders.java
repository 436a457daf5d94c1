package mitoyen.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.Transaction.Expiry;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.simulator.audit.Auditor;
import mitoyen.simulator.audit.Traffic;
import mitoyen.simulator.model.Chance;

/// Transactions that are well formed, in the form of the version that holds, signed by who should,
/// mostly.
final class Orders {
    private static final int MOST_STEPS = 4;
    private static final int LANES = 3;

    /// Among how many one is an activation, by the newest version so far: soon where there is a
    /// later one, for what is to be seen after it.
    private static final List<Integer> ONE_ACTIVATION_OF = List.of(40, 100, 200);

    private static final List<Integer> ONE_SETTLERS_OF = List.of(2, 3, 10);

    private final Chance chance;
    private final Digest ledger;
    private final AccountId founder;
    private final Auditor auditor;
    private final EnergyRequests energy;
    private final SettlersRequests settlers;
    private final AccountRequests accounts;
    private final GovernanceRequests governance;
    private final boolean isShared;

    /// Among how many one is a settler's: on some ledgers they say little, on some much.
    private final int oneSettlersOf;

    Orders(
            Chance chance,
            Signing signing,
            Genesis genesis,
            Auditor auditor,
            GovernanceRequests governance) {
        this.chance = chance;
        this.ledger = genesis.hash();
        this.founder = genesis.founderAccount();
        this.auditor = auditor;
        this.energy = new EnergyRequests(chance, signing, auditor);
        this.settlers = new SettlersRequests(chance, auditor, energy);
        this.accounts = new AccountRequests(chance, signing, founder, auditor);
        this.oneSettlersOf = chance.oneOf(ONE_SETTLERS_OF);
        this.governance = governance;
        this.isShared = genesis.isShared();
    }

    TransactionId id() {
        return new TransactionId(ByteString.of(chance.bytes(TransactionId.LENGTH)));
    }

    /// The next, under an id.
    ///
    /// @param nowMillis what the time of its block may be [ms since 1970]
    Order next(TransactionId id, long nowMillis) {
        if (chance.happens(1, ONE_ACTIVATION_OF.get(auditor.newest() - 1))) {
            return activation(id, nowMillis);
        }
        if (auditor.version() == 1) {
            return first(id);
        }
        Order order =
                isShared && chance.happens(1, 6) ? ofCouncil(id, nowMillis) : second(id, nowMillis);
        return chance.happens(1, 60) ? ofAnyVersion(order) : order;
    }

    /// The same, made for whatever version.
    private Order ofAnyVersion(Order order) {
        Transaction.Version2 made = (Transaction.Version2) order.transaction();
        return new Order(
                new Transaction.Version2(
                        chance.from(2, 4),
                        made.id(),
                        made.ledger(),
                        made.sender(),
                        made.lane(),
                        made.number(),
                        made.expiry(),
                        made.steps()),
                order.signers());
    }

    /// The same again, in the name of the sender of the one before.
    Order under(Transaction before, long nowMillis) {
        Order order = next(before.id(), nowMillis);
        return switch (order.transaction()) {
            case Transaction.Version2 made when before instanceof Transaction.Version2 sent ->
                    new Order(
                            new Transaction.Version2(
                                    made.version(),
                                    before.id(),
                                    ledger,
                                    sent.sender(),
                                    made.lane(),
                                    made.number(),
                                    made.expiry(),
                                    made.steps()),
                            order.signers());
            case Transaction.Version1 _, Transaction.Version2 _ -> order;
        };
    }

    Order first(TransactionId id) {
        EnergyRequests.Asked asked = energy.next();
        int signer = chance.happens(1, 40) ? chance.below(Workload.PEOPLE) : asked.signer();
        List<Integer> signers = new ArrayList<>(List.of(signer));
        if (chance.happens(1, 20)) {
            signers.add(chance.below(Workload.PEOPLE));
        }
        Step step = new Step.Energy(asked.transaction());
        return Order.of(new Transaction.Version1(id, ledger, 1, step), signers);
    }

    Order second(TransactionId id, long nowMillis) {
        if (chance.happens(1, oneSettlersOf) && !auditor.accounts().people().isEmpty()) {
            return bySettlers(id, nowMillis);
        }
        List<Step> steps = new ArrayList<>();
        SortedSet<Integer> signers = new TreeSet<>();
        Optional<AccountId> actor = Optional.empty();
        for (int i = chance.happens(3, 4) ? 1 : chance.from(1, MOST_STEPS); i > 0; i--) {
            if (chance.happens(1, 6)) {
                EnergyRequests.Asked asked = energy.next();
                steps.add(new Step.Energy(asked.transaction()));
                signers.add(asked.signer());
            } else if (chance.happens(1, 200)) {
                steps.add(new Step.Activate(2, auditor.height() + 9, Workload.limits(chance)));
            } else {
                AccountRequests.Asked asked = accounts.next(nowMillis);
                steps.add(new Step.Account(asked.step()));
                signers.addAll(asked.signers());
                actor = actor.or(() -> Optional.of(asked.actor()));
            }
        }
        AccountId sender = sender(actor);
        if (!accounts.isKnownBy(sender, signers)) {
            signers.addAll(accounts.signersOf(sender));
        }
        return order(id, sender, expiry(nowMillis), steps, signers);
    }

    /// What settlers say to each other, or the founding of a community for them.
    private Order bySettlers(TransactionId id, long nowMillis) {
        Expiry expiry = expiry(nowMillis);
        Optional<FoundCommunity> founding = settlers.founding();
        if (founding.isPresent()) {
            List<Step> steps = List.of(new Step.Energy(founding.get()));
            return order(id, founder, expiry, steps, new TreeSet<>(accounts.signersOf(founder)));
        }
        String community = settlers.community();
        AccountId settler = settlers.settler(community);
        SortedSet<Integer> signers = new TreeSet<>(accounts.signersOf(settler));
        List<Step> steps = new ArrayList<>();
        int count = chance.happens(3, 4) ? 1 : chance.from(2, MOST_STEPS);
        while (steps.size() < count) {
            if (chance.happens(1, 20)) {
                AccountRequests.Asked asked = accounts.next(nowMillis);
                steps.add(new Step.Account(asked.step()));
                signers.addAll(asked.signers());
            } else {
                settlers.next(community, settler, expiry.timeMillis()).stream()
                        .map(Step.Energy::new)
                        .filter(step -> !steps.contains(step) && steps.size() < MOST_STEPS)
                        .forEach(steps::add);
            }
        }
        return order(id, settler, expiry, steps, signers);
    }

    /// An order, seldom signed by one too few or too many.
    private Order order(
            TransactionId id,
            AccountId sender,
            Expiry expiry,
            List<Step> steps,
            SortedSet<Integer> signers) {
        if (!signers.isEmpty() && chance.happens(1, 25)) {
            signers.remove(signers.first());
        }
        if (signers.isEmpty() || chance.happens(1, 25)) {
            signers.add(chance.below(Workload.KEYS));
        }
        while (signers.size() > Workload.LIMITS.signatures()) {
            signers.removeLast();
        }
        return new Order(transaction(id, sender, expiry, steps), signers);
    }

    /// What only a council can ask for, where there is none: no transaction of the ledger (LE-170).
    Transaction ofNoCouncil(TransactionId id, long nowMillis) {
        Step step = new Step.Governance(governance.setting());
        return transaction(id, founder, expiry(nowMillis), List.of(step));
    }

    private Order ofCouncil(TransactionId id, long nowMillis) {
        GovernanceRequests.Asked asked =
                governance.next(founder, accounts.signersOf(governance.council()));
        Expiry expiry = expiry(nowMillis);
        return new Order(
                transaction(id, asked.sender(), expiry, List.of(asked.step())),
                new TreeSet<>(asked.signers()));
    }

    private AccountId sender(Optional<AccountId> actor) {
        return switch (chance.below(40)) {
            case 0 -> Names.account("nobody");
            case 1 -> chance.oneOf(List.copyOf(auditor.accounts().people().keySet()));
            default -> actor.orElse(founder);
        };
    }

    private Transaction transaction(
            TransactionId id, AccountId sender, Expiry expiry, List<Step> steps) {
        int lane = chance.happens(1, 60) ? chance.below(9) : chance.below(LANES);
        long last =
                auditor.traffic()
                        .getOrDefault(sender, new Traffic(new TreeMap<>(), 0))
                        .lanes()
                        .getOrDefault(lane, -1L);
        long number =
                chance.happens(1, 30)
                        ? Math.max(0, last - chance.below(3))
                        : last + chance.from(1, 3);
        return new Transaction.Version2(
                auditor.version(), id, ledger, sender, lane, number, expiry, steps);
    }

    private Expiry expiry(long nowMillis) {
        long height = auditor.height() + chance.from(1, 150);
        long millis = nowMillis + chance.from(60_000, 3_000_000);
        return switch (chance.below(150)) {
            case 0 -> new Expiry(Math.max(0, auditor.height() - chance.below(2)), millis);
            case 1 -> new Expiry(height, nowMillis - chance.below(2));
            case 2 -> new Expiry(auditor.height() + 210 + chance.below(9), millis);
            case 3 -> new Expiry(height, nowMillis + 3_700_000 + chance.below(9));
            case 4 -> new Expiry(Long.MAX_VALUE, Long.MAX_VALUE);
            case 5 -> new Expiry(height, Long.MIN_VALUE);
            default -> new Expiry(height, millis);
        };
    }

    private Order activation(TransactionId id, long nowMillis) {
        int version = chance.happens(1, 8) ? chance.below(5) : chance.from(2, 3);
        long height = auditor.height() + (chance.happens(1, 8) ? 0 : chance.from(5, 30));
        Parameters limits = Workload.limits(chance);
        Step step =
                new Step.Activate(version, height, chance.happens(1, 8) ? longer(limits) : limits);
        int named = chance.happens(1, 8) ? 3 : 2;
        Set<Integer> signers =
                chance.happens(1, 5)
                        ? Set.of(chance.oneOf(List.of(1, Workload.FOUNDER)))
                        : auditor.version() == 1
                                ? Set.of(Workload.FOUNDER)
                                : accounts.signersOf(governance.council());
        Expiry expiry = expiry(nowMillis);
        return new Order(
                new Transaction.Version2(named, id, ledger, founder, 0, 0, expiry, List.of(step)),
                new TreeSet<>(signers));
    }

    /// Limits under which ids are remembered for longer.
    private static Parameters longer(Parameters limits) {
        TrafficLimits traffic = limits.traffic();
        return limits.with(
                new TrafficLimits(
                        traffic.steps(),
                        traffic.lanes(),
                        2 * traffic.validityMillis(),
                        traffic.validityBlocks(),
                        traffic.bucketSteps(),
                        traffic.bucketMillis(),
                        traffic.timersPerBlock()));
    }
}
