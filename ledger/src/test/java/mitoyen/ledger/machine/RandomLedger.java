package mitoyen.ledger.machine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
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
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.Claim;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.quantity.Amount;
import mitoyen.ledger.quantity.Money;

/// A ledger of version 2 on which everything happens at random, as a seed says: the same
/// transactions whatever state they are executed in.
final class RandomLedger {
    private static final int ACCOUNTS = 12;
    private static final long START = 1_700_000_000_000L;
    private static final Asset EUR = new Asset("EUR");
    private static final Asset HELD = new Asset("EUR-held");
    private static final SignerKey FOUNDER = key(0);
    private static final AccountId FOUNDING = AccountId.of(FOUNDER);

    private final Random random;
    private final List<PendingId> reserved = new ArrayList<>();
    private long height;
    private long timeMillis = START;
    private long number;
    private int days;

    RandomLedger(long seed) {
        this.random = new Random(seed);
    }

    static Genesis genesis() {
        Parameters parameters =
                Parameters.STANDARD
                        .with(new TrafficLimits(16, 3, 60_000, 1_000, 40, 500, 4))
                        .with(new AccountLimits(16, 16, 16, 16, 6, 90_000, 1_000, 90_000));
        AssetTerms claims = terms(EUR, 10_000, 0, 50_000_000);
        return new Genesis("random", FOUNDER, 2, parameters, List.of(claims));
    }

    /// The next block's transactions; the first opens accounts.
    Block next() {
        height++;
        timeMillis += 1 + random.nextInt(20_000);
        List<VerifiedTransaction> transactions = new ArrayList<>();
        if (height <= ACCOUNTS) {
            transactions.add(opening((int) height));
        }
        int more = random.nextInt(8);
        for (int i = 0; i < more; i++) {
            transactions.add(random.nextInt(4) == 0 ? founding() : anything());
        }
        return new Block(new Moment(height, timeMillis), List.copyOf(transactions));
    }

    /// A block's transactions, and when.
    record Block(Moment moment, List<VerifiedTransaction> transactions) {
        Draft.Sealed execute(StateMachine machine, State state) {
            Draft draft = new Draft(machine, state, moment);
            draft.begin();
            transactions.forEach(each -> draft.execute(each.contentHash(), each));
            return draft.seal();
        }
    }

    private VerifiedTransaction opening(int account) {
        return transaction(
                0,
                new Step.Account(
                        new AccountTransaction.OpenAccount(
                                account(account), SignerSet.single(key(account)))));
    }

    /// What only the founder may do.
    private VerifiedTransaction founding() {
        String community = "c" + random.nextInt(3);
        Step step =
                switch (random.nextInt(6)) {
                    case 0 ->
                            new Step.Account(
                                    new AccountTransaction.CreateAsset(
                                            terms(HELD, 1, 1_000_000, 0)));
                    case 1 ->
                            new Step.Account(
                                    new AccountTransaction.Mint(HELD, any(), money(), reference()));
                    case 2 ->
                            new Step.Account(
                                    new AccountTransaction.SetLimit(
                                            new Limit(
                                                    any(), EUR, money(), random.nextInt(9) == 0)));
                    case 3 ->
                            new Step.Energy(
                                    new EnergyTransaction.FoundCommunity(
                                            community,
                                            FOUNDER,
                                            EUR,
                                            reference(),
                                            clearing(community),
                                            account(1),
                                            account(2)));
                    case 4 -> settlement(community);
                    default ->
                            new Step.Energy(
                                    new EnergyTransaction.ClaimMonth(
                                            community,
                                            "2025-10",
                                            1 + random.nextInt(3),
                                            height - 1,
                                            List.of(
                                                    new Claim(account(3), new Money(-20_000)),
                                                    new Claim(account(4), new Money(20_000)))));
                };
        return transaction(0, step);
    }

    private Step settlement(String community) {
        LocalDate day = LocalDate.of(2025, 10, 1).plusDays(days++ % 31);
        return new Step.Energy(
                new EnergyTransaction.SettleDay(
                        community,
                        day,
                        START,
                        START + 86_400_000,
                        96,
                        Optional.empty(),
                        reference(),
                        reference(),
                        reference(),
                        new EnergyTransaction.Totals.Committed(reference())));
    }

    private VerifiedTransaction anything() {
        int sender = 1 + random.nextInt(ACCOUNTS);
        int steps = 1 + random.nextInt(2);
        List<Step> asked = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            asked.add(new Step.Account(step(sender)));
        }
        return transaction(sender, asked.toArray(Step[]::new));
    }

    private AccountTransaction step(int sender) {
        AccountId own = account(sender);
        Asset asset = random.nextInt(4) == 0 ? HELD : EUR;
        return switch (random.nextInt(20)) {
            case 0 -> new AccountTransaction.SetSigners(own, signers(sender));
            case 1 -> new AccountTransaction.Delegate(own, delegation(asset));
            case 2 -> new AccountTransaction.Revoke(own, key(30 + random.nextInt(3)));
            case 3 ->
                    new AccountTransaction.SetGuardians(
                            own,
                            random.nextInt(3) == 0
                                    ? Optional.empty()
                                    : Optional.of(new Guardians(guardians(own), 1, 2_000)));
            case 4 ->
                    new AccountTransaction.Recover(
                            any(), List.of(key(20 + random.nextInt(3))), signers(sender));
            case 5 -> new AccountTransaction.CancelRecovery(any());
            case 6 ->
                    random.nextInt(10) == 0
                            ? new AccountTransaction.CloseAccount(own)
                            : new AccountTransaction.Burn(asset, money(), reference());
            case 7, 8, 9, 10 ->
                    new AccountTransaction.Reserve(
                            asset,
                            own,
                            any(),
                            money(),
                            timeMillis + random.nextInt(80_000),
                            random.nextBoolean() ? Optional.of(any()) : Optional.empty(),
                            reference());
            case 11 ->
                    new AccountTransaction.PostPending(
                            pending(),
                            random.nextBoolean() ? Optional.empty() : Optional.of(money()));
            case 12 -> new AccountTransaction.VoidPending(pending());
            default -> new AccountTransaction.Move(asset, own, any(), money(), reference());
        };
    }

    private VerifiedTransaction transaction(int sender, Step... steps) {
        byte[] name = new byte[TransactionId.LENGTH];
        random.nextBytes(name);
        Digest content = Sha256.of(name);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] instanceof Step.Account(AccountTransaction.Reserve _)) {
                reserved.add(PendingId.of(content, i));
            }
        }
        var transaction =
                new Transaction.Version2(
                        genesis().version(),
                        new TransactionId(ByteString.of(name)),
                        genesis().hash(),
                        sender == 0 ? FOUNDING : account(sender),
                        random.nextInt(3),
                        ++number,
                        new Transaction.Expiry(height + 5, timeMillis + random.nextInt(50_000)),
                        List.of(steps));
        SortedSet<SignerKey> signers = new TreeSet<>(List.of(key(sender)));
        if (random.nextInt(4) == 0) {
            signers.add(key(1 + random.nextInt(ACCOUNTS)));
            signers.add(key(30 + random.nextInt(3)));
        }
        return new Signed(
                transaction, content, signers.stream().map(VerifiedSignature::plain).toList());
    }

    private SignerSet signers(int own) {
        List<Signer> signers = new ArrayList<>(List.of(Signer.plain(key(own), 3)));
        if (random.nextBoolean()) {
            signers.add(Signer.plain(key(20 + random.nextInt(3)), 1));
        }
        return new SignerSet(signers, 2);
    }

    private Delegation delegation(Asset asset) {
        return new Delegation(
                key(30 + random.nextInt(3)),
                List.of(DelegatedKind.TRANSFER, DelegatedKind.VOID),
                List.of(Allowance.of(asset, money())),
                random.nextBoolean() ? List.of() : List.of(account(2)),
                10_000,
                timeMillis + 100_000,
                0);
    }

    private List<AccountId> guardians(AccountId but) {
        SortedSet<AccountId> guardians = new TreeSet<>(List.of(any(), any()));
        guardians.remove(but);
        return List.copyOf(guardians);
    }

    private PendingId pending() {
        return reserved.isEmpty()
                ? PendingId.of(reference(), 0)
                : reserved.get(
                        Math.max(0, reserved.size() - 1 - random.nextInt(reserved.size() / 4 + 1)));
    }

    private AccountId any() {
        return account(1 + random.nextInt(ACCOUNTS));
    }

    private Amount money() {
        return new Amount(10_000L * (1 + random.nextInt(300)));
    }

    private Digest reference() {
        return Sha256.of(new byte[] {(byte) random.nextInt(100)});
    }

    private static AssetTerms terms(Asset asset, long step, long cap, long owing) {
        var one = new Amount(step);
        return new AssetTerms(
                asset,
                one,
                new Amount(cap),
                new Amount(owing),
                FOUNDING,
                new Amount(Long.MAX_VALUE),
                Sha256.of());
    }

    private static AccountId clearing(String community) {
        return AccountId.of(key(100 + community.charAt(1)));
    }

    private static AccountId account(int number) {
        return AccountId.of(key(number));
    }

    private static SignerKey key(int number) {
        byte[] bytes = new byte[SignerKey.LENGTH];
        bytes[0] = (byte) number;
        return new SignerKey(ByteString.of(bytes));
    }

    /// What a verifier would make, without the cost of signing.
    private record Signed(
            Transaction transaction, Digest contentHash, List<VerifiedSignature> signatures)
            implements VerifiedTransaction {
        @Override
        public SortedSet<SignerKey> signers() {
            SortedSet<SignerKey> signers = new TreeSet<>();
            signatures.forEach(each -> signers.add(each.key()));
            return signers;
        }
    }
}
