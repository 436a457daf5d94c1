package mitoyen.simulator.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.Step;
import mitoyen.ledger.machine.TrafficLimits;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.Transaction.Version1;
import mitoyen.ledger.machine.Transaction.Version2;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.EngineNotice;
import mitoyen.simulator.audit.AccountBook.Circumstances;

/// Keeps the ledger's books a second time: takes what went into each block, says what each receipt
/// must say, and compares what the ledger then holds.
///
/// It sees transactions as they were meant, not as bytes, and has nothing of the ledger's own rules
/// but their specification.
public final class Auditor {
    private static final String OF_TRANSACTION = "transaction";
    private static final int MALFORMED = 3;
    private static final int FOR_ANOTHER_VERSION = 5;
    private static final int ACCOUNT_NOT_FOUND = 8;
    private static final int ID_TAKEN = 8;
    private static final int ID_BURNT = 9;
    private static final int ACTIVATION_OUT_OF_ORDER = 18;

    private final Genesis genesis;
    private final Undo undo = new Undo();
    private final BookOfAccounts balances = new BookOfAccounts(undo);
    private final EnergyBook energy;
    private final AccountBook accounts;
    private final TimerBook timers;
    private final SortedMap<ByteString, Digest> taken = new TreeMap<>();
    private final SortedMap<ByteString, Entry> ids = new TreeMap<>();
    private final SortedMap<Long, List<ByteString>> idsByWindow = new TreeMap<>();
    private final SortedMap<AccountId, Traffic> traffic = new TreeMap<>();
    private final List<Step.Activate> activations = new ArrayList<>();
    private final Optional<ValidatorBook> validators;
    private long height;
    private long timeMillis;

    /// The books of a ledger that begins so.
    public Auditor(Genesis genesis) {
        this.genesis = genesis;
        this.energy = new EnergyBook(balances, undo);
        this.accounts = new AccountBook(founder(), balances, energy, undo);
        this.timers = new TimerBook(accounts, energy.settlers());
        if (genesis.version() >= 2) {
            accounts.open(founder(), SignerSet.single(genesis.founder()));
            genesis.assets().forEach(accounts::create);
        }
        this.validators =
                genesis.governance().map(terms -> new ValidatorBook(terms, accounts, undo));
    }

    /// The height of the last block.
    public long height() {
        return height;
    }

    /// The protocol version that holds for the next block.
    public int version() {
        return version(height + 1);
    }

    /// The newest version that was activated, be it for a height to come; else that which the
    /// ledger began with.
    public int newest() {
        return activations.isEmpty() ? genesis.version() : activations.getLast().version();
    }

    /// When local days begin for the next block, if a zone is pinned and holds (LE-154).
    public Optional<LocalDayTable> localDays() {
        return version() == 1 ? Optional.empty() : parameters(height + 1).localDays();
    }

    /// What was founded, settled and claimed.
    public EnergyBook energy() {
        return energy;
    }

    /// Who signs, and what is reserved.
    public AccountBook accounts() {
        return accounts;
    }

    /// What moved.
    public BookOfAccounts balances() {
        return balances;
    }

    /// The keys of the validators that have a seat; none where the ledger is not shared.
    public List<SignerKey> seated() {
        return validators.map(ValidatorBook::seated).orElse(List.of());
    }

    /// What each account sent.
    public SortedMap<AccountId, Traffic> traffic() {
        return Collections.unmodifiableSortedMap(traffic);
    }

    /// Enters the next block.
    ///
    /// @param millis its time [ms since 1970]
    /// @param notice what the engine of a shared ledger says first
    /// @param isEmpty whether it holds no bundle behind that
    /// @param sent what it holds, in order
    /// @return what each receipt must say
    public List<Verdict> enter(
            long millis, Optional<EngineNotice> notice, boolean isEmpty, List<Sent> sent) {
        height++;
        timeMillis = millis;
        List<Verdict> verdicts = new ArrayList<>();
        if (version(height) >= 2 && !isEmpty) {
            forgetIds();
            verdicts.addAll(timers.fire(timeMillis, limits().timersPerBlock()));
            undo.keep();
        }
        notice.ifPresent(said -> verdicts.addAll(validators.orElseThrow().punish(said)));
        for (Sent each : sent) {
            verdicts.add(
                    switch (each) {
                        case Sent.Hopeless hopeless -> refused(hopeless.digest(), reason(hopeless));
                        case Sent.Request request -> enter(request);
                    });
        }
        return verdicts;
    }

    /// The first thing in which a ledger's state is not what these books say; empty if there is
    /// none.
    public Optional<String> findDifference(State state) {
        return new Comparison(state)
                .find(this, taken)
                .or(() -> validators.flatMap(book -> book.findDifference(state.governance())));
    }

    private int version(long at) {
        return inForce(at).map(Step.Activate::version).orElse(genesis.version());
    }

    private Parameters parameters(long at) {
        return inForce(at).map(Step.Activate::parameters).orElse(genesis.parameters());
    }

    /// The last that was activated and whose height is reached: none is while another waits.
    private Optional<Step.Activate> inForce(long at) {
        Optional<Step.Activate> last = Optional.empty();
        for (Step.Activate each : activations) {
            if (each.height() <= at) {
                last = Optional.of(each);
            }
        }
        return last;
    }

    private TrafficLimits limits() {
        return parameters(height).traffic();
    }

    /// Whoever activates other rules (LE-155).
    private AccountId owner() {
        return validators.map(ValidatorBook::council).orElseGet(this::founder);
    }

    private AccountId founder() {
        return AccountId.of(genesis.founder());
    }

    /// The windows that lie before the block's are forgotten (LE-94).
    private void forgetIds() {
        SortedMap<Long, List<ByteString>> over =
                idsByWindow.headMap(Math.floorDiv(timeMillis, limits().validityMillis()));
        over.values().forEach(expired -> expired.forEach(id -> ids.remove(id)));
        over.clear();
    }

    /// What is made for one version is read under the rules of the other, if those hold.
    private int reason(Sent.Hopeless hopeless) {
        int holds = version(height);
        if (hopeless.reason() < FOR_ANOTHER_VERSION && hopeless.version() <= holds) {
            return hopeless.reason();
        }
        if (hopeless.version() > holds) {
            return Math.min(hopeless.reason(), MALFORMED);
        }
        return hopeless.version() < holds ? FOR_ANOTHER_VERSION : hopeless.reason();
    }

    private Verdict enter(Sent.Request request) {
        return switch (request.transaction()) {
            case Version1 _ when version(height) != 1 ->
                    refused(request.digest(), FOR_ANOTHER_VERSION);
            case Version1 first -> enter(request, first);
            case Version2 second when version(height) < 3 && second.version() != 2 ->
                    refused(request.digest(), MALFORMED);
            case Version2 second when isActivation(second) -> activate(request, second);
            case Version2 _ when version(height) == 1 -> refused(request.digest(), MALFORMED);
            case Version2 second when second.version() != version(height) ->
                    refused(request.digest(), FOR_ANOTHER_VERSION);
            case Version2 second -> enter(request, second);
        };
    }

    private Verdict enter(Sent.Request request, Version1 transaction) {
        Optional<Verdict> known = findTaken(request, transaction);
        if (known.isPresent()) {
            return known.get();
        }
        Step.Energy step = (Step.Energy) transaction.step();
        Set<SignerKey> signers = request.signatures().plain();
        EnergyBook.Circumstances now =
                new EnergyBook.Circumstances(
                        height,
                        timeMillis,
                        0,
                        Optional.empty(),
                        signers,
                        signers.contains(genesis.founder()),
                        false,
                        genesis.parameters().crowd(),
                        Optional.empty());
        OptionalInt reason = energy.take(now, step.transaction());
        undo.keep();
        if (reason.isPresent()) {
            return Verdict.whole(Answer.refused("energy", reason.getAsInt()), request.digest());
        }
        taken.put(transaction.id().bytes(), request.content());
        return Verdict.whole(Answer.ACCEPTED, request.digest());
    }

    private Optional<Verdict> findTaken(Sent.Request request, Transaction transaction) {
        return Optional.ofNullable(taken.get(transaction.id().bytes()))
                .map(content ->
                        content.equals(request.content())
                                ? Verdict.whole(Answer.EXISTS, request.digest())
                                : refused(request.digest(), ID_TAKEN));
    }

    /// LE-155.
    private Verdict activate(Sent.Request request, Version2 transaction) {
        Optional<Verdict> known = findTaken(request, transaction);
        if (known.isPresent()) {
            return known.get();
        }
        Step.Activate asked = (Step.Activate) transaction.steps().getFirst();
        boolean isFirst = version(height) == 1;
        boolean byKey = request.signatures().plain().contains(genesis.founder());
        boolean byOwner =
                isFirst
                        ? byKey
                        : Optional.ofNullable(accounts.people().get(owner()))
                                .map(person ->
                                        !person.closed() && person.consents(request.signatures()))
                                .orElse(false);
        boolean isPossible =
                asked.version() > version(height)
                        && asked.version() <= 3
                        && asked.height() > height
                        && newest() == version(height)
                        && (isFirst
                                || asked.parameters().traffic().validityMillis()
                                        == limits().validityMillis());
        OptionalInt reason =
                new Reasons()
                        .unless(10, () -> !isOver(transaction.expiry()))
                        .unless(17, () -> byKey || byOwner)
                        .unless(ACTIVATION_OUT_OF_ORDER, () -> byOwner && isPossible)
                        .found();
        if (reason.isPresent()) {
            return refused(request.digest(), reason.getAsInt());
        }
        activations.add(asked);
        if (isFirst) {
            accounts.open(founder(), SignerSet.single(genesis.founder()));
        }
        undo.keep();
        taken.put(transaction.id().bytes(), request.content());
        return Verdict.whole(Answer.ACCEPTED, request.digest());
    }

    private Verdict enter(Sent.Request request, Version2 transaction) {
        ByteString id = name(transaction);
        Entry entry = ids.get(id);
        if (entry != null) {
            if (!entry.content.equals(request.content())) {
                return refused(request.digest(), ID_TAKEN);
            }
            return entry.accepted
                    ? Verdict.whole(Answer.EXISTS, request.digest())
                    : refused(request.digest(), ID_BURNT);
        }
        Traffic sent = traffic.getOrDefault(transaction.sender(), Traffic.NONE);
        OptionalInt obstacle = findObstacle(request, transaction, sent);
        if (obstacle.isPresent()) {
            return refused(request.digest(), obstacle.getAsInt());
        }
        Verdict verdict = executeSteps(request, transaction);
        TrafficLimits limits = limits();
        long window = Math.floorDiv(transaction.expiry().timeMillis(), limits.validityMillis());
        boolean accepted = verdict.answer().equals(Answer.ACCEPTED);
        ids.put(id, new Entry(request.content(), accepted));
        idsByWindow.computeIfAbsent(window, _ -> new ArrayList<>()).add(id);
        traffic.put(
                transaction.sender(),
                sent.sent(
                        transaction.lane(),
                        transaction.number(),
                        transaction.steps().size(),
                        timeMillis,
                        limits.bucketMillis()));
        return verdict;
    }

    private OptionalInt findObstacle(Sent.Request request, Version2 transaction, Traffic sent) {
        TrafficLimits limits = limits();
        Transaction.Expiry expiry = transaction.expiry();
        Optional<Person> sender = Optional.ofNullable(accounts.people().get(transaction.sender()));
        long steps = transaction.steps().size();
        return new Reasons()
                .unless(10, () -> !isOver(expiry))
                .unless(
                        11,
                        () ->
                                expiry.height() - limits.validityBlocks() <= height
                                        && expiry.timeMillis() - limits.validityMillis()
                                                <= timeMillis)
                .unless(
                        19,
                        () -> version(height) < 3 || transaction.number() <= expiry.timeMillis())
                .unless(12, sender::isPresent)
                .unless(
                        13,
                        () -> sender.orElseThrow().mayBeSentBy(request.signatures(), timeMillis))
                .unless(
                        14,
                        () ->
                                transaction.number()
                                        > sent.lanes().getOrDefault(transaction.lane(), -1L))
                .unless(
                        15,
                        () ->
                                sent.lanes().containsKey(transaction.lane())
                                        || sent.lanes().size() < limits.lanes())
                .unless(
                        16,
                        () ->
                                sent.bucket(timeMillis, limits.bucketMillis()) + steps
                                        <= limits.bucketSteps())
                .found();
    }

    private boolean isOver(Transaction.Expiry expiry) {
        return height > expiry.height() || timeMillis >= expiry.timeMillis();
    }

    private Verdict executeSteps(Sent.Request request, Version2 transaction) {
        for (int index = 0; index < transaction.steps().size(); index++) {
            Optional<Answer> refusal =
                    switch (transaction.steps().get(index)) {
                        case Step.Account(var asked) -> {
                            Circumstances now =
                                    new Circumstances(
                                            timeMillis,
                                            request.signatures(),
                                            request.content(),
                                            index,
                                            parameters(height).accounts());
                            yield refusal("account", accounts.take(now, asked));
                        }
                        case Step.Energy(var asked) -> takeEnergy(request, transaction, asked);
                        case Step.Governance(var asked) ->
                                refusal(
                                        "governance",
                                        validators
                                                .orElseThrow()
                                                .take(
                                                        transaction.sender(),
                                                        request.signatures(),
                                                        asked));
                        case Step.Activate _ ->
                                Optional.of(
                                        Answer.refused(OF_TRANSACTION, ACTIVATION_OUT_OF_ORDER));
                    };
            if (refusal.isPresent()) {
                undo.takeBack();
                return new Verdict(refusal.get(), request.digest().bytes(), OptionalInt.of(index));
            }
        }
        undo.keep();
        return Verdict.whole(Answer.ACCEPTED, request.digest());
    }

    private Optional<Answer> takeEnergy(
            Sent.Request request, Version2 transaction, EnergyTransaction asked) {
        boolean isFounder =
                Optional.ofNullable(accounts.people().get(founder()))
                        .map(person -> person.consents(request.signatures()))
                        .orElse(false);
        Optional<AccountId> sender =
                Optional.ofNullable(accounts.people().get(transaction.sender()))
                        .filter(person -> !person.closed() && person.consents(request.signatures()))
                        .map(_ -> transaction.sender());
        boolean onIssuance = energy.isOnIssuance(asked);
        EnergyBook.Circumstances now =
                new EnergyBook.Circumstances(
                        height,
                        timeMillis,
                        transaction.expiry().timeMillis(),
                        sender,
                        request.signatures().plain(),
                        isFounder,
                        true,
                        parameters(height).crowd(),
                        parameters(height).localDays().map(LocalDays::new));
        OptionalInt reason = energy.take(now, asked);
        return reason.isEmpty() && onIssuance
                ? Optional.of(Answer.refused("account", ACCOUNT_NOT_FOUND))
                : refusal("energy", reason);
    }

    private static Optional<Answer> refusal(String module, OptionalInt reason) {
        return reason.isPresent()
                ? Optional.of(Answer.refused(module, reason.getAsInt()))
                : Optional.empty();
    }

    private static boolean isActivation(Version2 transaction) {
        return transaction.steps().size() == 1
                && transaction.steps().getFirst() instanceof Step.Activate;
    }

    private static ByteString name(Version2 transaction) {
        return ByteString.concat(transaction.sender().bytes(), transaction.id().bytes());
    }

    private static Verdict refused(Digest sent, int reason) {
        return Verdict.whole(Answer.refused(OF_TRANSACTION, reason), sent);
    }

    /// What is remembered of an id.
    private record Entry(Digest content, boolean accepted) {}
}
