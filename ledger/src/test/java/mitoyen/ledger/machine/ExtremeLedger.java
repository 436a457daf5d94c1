package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountLimits;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Allowance;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.DelegatedKind;
import mitoyen.ledger.account.Delegation;
import mitoyen.ledger.account.Guardians;
import mitoyen.ledger.account.Limit;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.account.VerifiedSignature;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.energy.LocalDayTable;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.GovernanceTransaction;
import mitoyen.ledger.governance.Misbehaviour;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.governance.ValidatorAddress;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;

/// A ledger whose every number is at an end of its range, or seldom beside it, as a seed says:
/// parameters, amounts, times, heights. Whatever is asked for is signed by every key there is, so
/// that what is refused is refused for its numbers.
final class ExtremeLedger {
    private static final int ACCOUNTS = 4;
    private static final Asset EUR = new Asset("EUR");
    private static final Asset TOKEN = new Asset("TOKEN");
    private static final Digest WHAT = Sha256.of();

    private final ExtremeNumbers numbers;
    private final Genesis genesis;
    private final List<PendingId> reserved = new ArrayList<>();
    private final ExtremeEnergy energy;
    private long height;
    private long timeMillis;
    private long number;
    private int opened;

    ExtremeLedger(long seed) {
        this.numbers = new ExtremeNumbers(seed);
        this.energy = new ExtremeEnergy(numbers);
        this.height = numbers.oneOf(0L, 0L, Long.MAX_VALUE - 100);
        this.timeMillis =
                numbers.oneOf(
                        0L, 1_760_000_000_000L, 1_760_000_000_000L, Long.MAX_VALUE - 10_000_000);
        this.genesis =
                numbers.seldom(4)
                        ? new Genesis("first", key(0), firstParameters())
                        : second(new Genesis("second", key(0), 2, parameters(), assets()));
    }

    Genesis genesis() {
        return genesis;
    }

    /// Executes the next block.
    Draft.Sealed next(StateMachine machine, State state) {
        height++;
        long passed = numbers.oneOf(0L, 1L, 1_000L, 1_000L, 3_600_000L, 86_400_000L);
        long last = Long.MAX_VALUE - (numbers.seldom(60) ? 0 : 1_000_000);
        boolean ends = numbers.seldom(60);
        timeMillis =
                ends || timeMillis >= last - passed
                        ? Math.max(timeMillis, last)
                        : timeMillis + passed;
        Draft draft = new Draft(machine, state, new Moment(height, timeMillis));
        draft.begin();
        if (genesis.isShared() && numbers.seldom(10)) {
            draft.notice(List.of(evidence()), time());
        }
        for (int i = numbers.below(6); i >= 0; i--) {
            VerifiedTransaction transaction = transaction(machine.rules(state, height).version());
            draft.execute(transaction.contentHash(), transaction);
        }
        return draft.seal();
    }

    private Parameters firstParameters() {
        return new Parameters(
                limit(),
                limit(),
                limit(),
                limit(),
                limit(),
                limit(),
                TrafficLimits.STANDARD,
                AccountLimits.STANDARD,
                List.of(),
                Optional.empty());
    }

    /// Each at an end that LE-151 sets, or as it mostly is.
    private Parameters parameters() {
        TrafficLimits traffic = TrafficLimits.STANDARD;
        AccountLimits accounts = AccountLimits.STANDARD;
        Parameters parameters =
                new Parameters(
                        some(),
                        some(),
                        some(),
                        some(),
                        limit(),
                        limit(),
                        new TrafficLimits(
                                some(),
                                numbers.oneOf(1, 64),
                                numbers.oneOf(span(), traffic.validityMillis()),
                                numbers.oneOf(span(), traffic.validityBlocks()),
                                numbers.oneOf(some(), traffic.bucketSteps()),
                                numbers.oneOf(span(), traffic.bucketMillis()),
                                some()),
                        new AccountLimits(
                                numbers.oneOf(1, 64),
                                numbers.oneOf(0, 64, 64),
                                numbers.oneOf(0, 64, 64),
                                numbers.oneOf(0, 64, 64),
                                numbers.oneOf(limit(), accounts.pending()),
                                numbers.oneOf(span(), accounts.pendingMillis()),
                                numbers.oneOf(1L, span()),
                                numbers.oneOf(Long.MAX_VALUE, span())),
                        List.of(),
                        Optional.empty());
        return !numbers.seldom(3)
                ? parameters
                : parameters.with(
                        new LocalDayTable(
                                "",
                                numbers.oneOf(-64_800, 64_800),
                                List.of(
                                        new LocalDayTable.Change(0, numbers.oneOf(-64_800, 64_800)),
                                        new LocalDayTable.Change(Long.MAX_VALUE, 64_800))));
    }

    private Genesis second(Genesis alone) {
        SignerSet council = SignerSet.single(key(0));
        return !numbers.seldom(3)
                ? alone
                : alone.sharedBy(
                        new GovernanceTerms(
                                council,
                                List.of(
                                        new Validator(key(0), 1, ""),
                                        new Validator(key(1), Validator.MOST_POWER, "two"))));
    }

    private List<AssetTerms> assets() {
        return List.of(terms(EUR));
    }

    private AssetTerms terms(Asset asset) {
        return new AssetTerms(
                asset,
                new Amount(numbers.oneOf(1L, 1L, 10_000L, Long.MAX_VALUE)),
                new Amount(numbers.oneOf(0L, Long.MAX_VALUE, Long.MAX_VALUE)),
                new Amount(numbers.oneOf(0L, Long.MAX_VALUE, Long.MAX_VALUE)),
                account(),
                new Amount(numbers.oneOf(0L, Long.MAX_VALUE)),
                WHAT);
    }

    private VerifiedTransaction transaction(int version) {
        byte[] name = new byte[TransactionId.LENGTH];
        numbers.fill(name);
        TransactionId id = new TransactionId(ByteString.of(name));
        Digest content = Sha256.of(name);
        if (version == 1 && !numbers.seldom(5)) {
            Step step = new Step.Energy(energy.next(height, timeMillis));
            return verified(new Transaction.Version1(id, genesis.hash(), 1, step), content);
        }
        if (version == 1) {
            long from = numbers.oneOf(height + 1, height + 1, Long.MAX_VALUE);
            return second(2, id, content, List.of(new Step.Activate(2, from, parameters())));
        }
        if (opened < ACCOUNTS - 1) {
            AccountId next = account(++opened);
            SignerSet signers = SignerSet.single(key(0));
            return second(
                    version,
                    id,
                    content,
                    List.of(new Step.Account(new AccountTransaction.OpenAccount(next, signers))));
        }
        List<Step> steps = new ArrayList<>();
        for (int i = numbers.below(3) / 2; i >= 0; i--) {
            Step step = step();
            if (step instanceof Step.Account(AccountTransaction.Reserve _)) {
                reserved.add(PendingId.of(content, steps.size()));
            }
            steps.add(step);
        }
        return second(version, id, content, steps);
    }

    private VerifiedTransaction second(
            int version, TransactionId id, Digest content, List<Step> steps) {
        boolean sensible = !numbers.seldom(10);
        Transaction.Version2 transaction =
                new Transaction.Version2(
                        version,
                        id,
                        genesis.hash(),
                        sender(steps.getFirst()),
                        sensible ? 0 : numbers.oneOf(0, 1, Integer.MAX_VALUE),
                        sensible ? number++ : numbers.oneOf(0L, Long.MAX_VALUE),
                        new Transaction.Expiry(
                                sensible ? height + numbers.below(2) : numbers.number(),
                                sensible && timeMillis < Long.MAX_VALUE ? timeMillis + 1 : time()),
                        steps);
        return verified(transaction, content);
    }

    private AccountId sender(Step first) {
        return switch (first) {
            case Step.Governance _ -> council();
            case Step.Energy _ -> energy.speaker();
            case Step.Account(AccountTransaction.OpenAccount _) -> account(0);
            case Step.Account _ -> account();
            case Step.Activate _ -> account(0);
        };
    }

    private VerifiedTransaction verified(Transaction transaction, Digest content) {
        SortedSet<SignerKey> signers =
                IntStream.range(numbers.oneOf(0, 0, 0, 0, 1, ACCOUNTS), 2 * ACCOUNTS)
                        .mapToObj(ExtremeLedger::key)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new Signed(transaction, content, signers);
    }

    private Step step() {
        if (genesis.isShared() && numbers.seldom(12)) {
            return new Step.Governance(
                    new GovernanceTransaction.SetValidator(
                            key(numbers.below(3)),
                            numbers.oneOf(
                                    0L, 1L, Validator.MOST_POWER, Validator.MOST_POWER + 1, -1L),
                            "name"));
        }
        return numbers.seldom(4)
                ? new Step.Energy(energy.next(height, timeMillis))
                : new Step.Account(asked());
    }

    private AccountTransaction asked() {
        return switch (numbers.below(20)) {
            case 0 -> new AccountTransaction.OpenAccount(account(), signers());
            case 1 -> new AccountTransaction.SetSigners(account(), signers());
            case 2, 3, 4 -> new AccountTransaction.Delegate(account(), delegation());
            case 5 -> new AccountTransaction.SetGuardians(account(), guardians());
            case 6 -> new AccountTransaction.Recover(account(), lost(), signers());
            case 7 -> new AccountTransaction.CancelRecovery(account());
            case 8 ->
                    numbers.seldom(20)
                            ? new AccountTransaction.CloseAccount(account())
                            : new AccountTransaction.Burn(asset(), amount(), WHAT);
            case 9 -> new AccountTransaction.CreateAsset(terms(TOKEN));
            case 10 ->
                    new AccountTransaction.SetLimit(
                            new Limit(account(), asset(), amount(), numbers.seldom(9)));
            case 11 -> new AccountTransaction.Mint(asset(), account(), amount(), WHAT);
            case 13, 14 ->
                    new AccountTransaction.Move(asset(), account(), account(), amount(), WHAT);
            case 15, 16, 17 ->
                    new AccountTransaction.Reserve(
                            asset(),
                            account(),
                            account(),
                            amount(),
                            time(),
                            numbers.seldom(2) ? Optional.of(account()) : Optional.empty(),
                            WHAT);
            case 12, 18 -> new AccountTransaction.PostPending(pending(), part());
            default -> new AccountTransaction.VoidPending(pending());
        };
    }

    private SignerSet signers() {
        int weight = numbers.oneOf(1, Signer.MAX_WEIGHT);
        SortedSet<SignerKey> keys = new TreeSet<>(List.of(key(0)));
        if (numbers.seldom(2)) {
            keys.add(key(1));
        }
        return new SignerSet(
                keys.stream().map(key -> Signer.plain(key, weight)).toList(),
                numbers.seldom(20) ? Integer.MAX_VALUE : numbers.oneOf(1, weight));
    }

    private Delegation delegation() {
        return new Delegation(
                key(ACCOUNTS + numbers.below(2)),
                List.of(DelegatedKind.TRANSFER, DelegatedKind.RESERVE),
                List.of(Allowance.of(EUR, numbers.oneOf(new Amount(Long.MAX_VALUE), amount()))),
                List.of(),
                numbers.oneOf(1L, Long.MAX_VALUE, numbers.number()),
                numbers.oneOf(Long.MAX_VALUE, time()),
                numbers.number());
    }

    private List<SignerKey> lost() {
        return numbers.seldom(2) ? List.of() : List.of(key(0));
    }

    private Optional<Guardians> guardians() {
        return numbers.seldom(5)
                ? Optional.empty()
                : Optional.of(
                        new Guardians(
                                List.of(account()), 1, numbers.oneOf(1L, 1_000L, Long.MAX_VALUE)));
    }

    private Evidence evidence() {
        return new Evidence(
                ValidatorAddress.of(key(numbers.below(3))),
                numbers.oneOf(0L, Long.MAX_VALUE),
                numbers.oneOf(Misbehaviour.values()),
                numbers.number());
    }

    private PendingId pending() {
        return reserved.isEmpty()
                ? PendingId.of(WHAT, 0)
                : reserved.get(Math.max(0, reserved.size() - 1 - numbers.below(4)));
    }

    private Optional<Amount> part() {
        return numbers.seldom(2) ? Optional.empty() : Optional.of(amount());
    }

    private Asset asset() {
        return numbers.oneOf(EUR, EUR, TOKEN);
    }

    private AccountId council() {
        return genesis.governance().map(GovernanceTerms::councilAccount).orElse(account(0));
    }

    private AccountId account() {
        return account(numbers.below(ACCOUNTS));
    }

    private Amount amount() {
        return new Amount(numbers.number());
    }

    /// Not before the ends of time, nor far beside now.
    private long time() {
        return numbers.time(timeMillis);
    }

    private int limit() {
        return numbers.oneOf(0, Integer.MAX_VALUE);
    }

    private int some() {
        return numbers.oneOf(1, Integer.MAX_VALUE);
    }

    private long span() {
        return numbers.oneOf(1L, Long.MAX_VALUE);
    }

    static AccountId account(int number) {
        return AccountId.of(key(number));
    }

    static SignerKey key(int number) {
        byte[] bytes = new byte[SignerKey.LENGTH];
        bytes[0] = (byte) number;
        return new SignerKey(ByteString.of(bytes));
    }

    /// What a verifier would make.
    private record Signed(Transaction transaction, Digest contentHash, SortedSet<SignerKey> signers)
            implements VerifiedTransaction {
        @Override
        public List<VerifiedSignature> signatures() {
            return signers.stream().map(VerifiedSignature::plain).toList();
        }
    }
}
