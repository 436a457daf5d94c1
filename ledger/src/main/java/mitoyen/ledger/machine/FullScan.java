package mitoyen.ledger.machine;

import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.quantity.Amount;

/// Everything that must hold of a whole state, worked out from its entries alone (LE-159): what the
/// running sums say, said again without them. It takes time in proportion to the state, so an
/// auditor does it, and a node only behind the start from a stored state, which brought its sums.
public final class FullScan {
    private final State state;
    private final SortedMap<Asset, Sums> sums = new TreeMap<>();
    private final SortedMap<ByteString, BigInteger> debitsPending = new TreeMap<>();
    private final SortedMap<ByteString, BigInteger> creditsPending = new TreeMap<>();
    private final SortedSet<Timer> timers = new TreeSet<>();

    private FullScan(State state) {
        this.state = state;
    }

    /// Checks a state.
    ///
    /// @throws IllegalStateException naming the first thing that does not hold
    public static void check(State state) {
        FullScan scan = new FullScan(state);
        scan.requireWhole();
        scan.scanPending();
        scan.scanAccounts();
        scan.scanRecoveries();
        scan.scanClaims();
        scan.compareSums();
        scan.compareTimers();
        scan.checkSupply();
    }

    /// Every part has as many entries as it is said to have, also those that nothing else looks at.
    private void requireWhole() {
        state.energy().communities().requireWhole();
        state.energy().days().requireWhole();
        state.energy().months().requireWhole();
        state.energy().proposals().requireWhole();
        state.transactions().requireWhole();
        state.account().assets().requireWhole();
        state.account().limits().requireWhole();
        state.traffic().senders().requireWhole();
        state.traffic().windows().values().forEach(MerkleMap::requireWhole);
    }

    private void scanPending() {
        SortedMap<AccountId, Integer> counts = new TreeMap<>();
        state.account()
                .pending()
                .entries()
                .forEach((_, pending) -> {
                    Transfer transfer = pending.transfer();
                    add(debitsPending, transfer.asset().keyOf(transfer.from()), transfer.amount());
                    add(creditsPending, transfer.asset().keyOf(transfer.to()), transfer.amount());
                    counts.merge(transfer.from(), 1, Integer::sum);
                    timers.add(timerOf(pending));
                });
        counts.forEach((payer, count) ->
                Invariant.check(
                        state.account().pending().count(payer) == count,
                        () -> payer + " is to pay as many pending transfers as are counted"));
    }

    private void scanAccounts() {
        state.accounts()
                .entries()
                .forEach((key, account) -> {
                    sums.computeIfAbsent(account.asset(), _ -> new Sums()).add(account);
                    checkPending(key, account);
                });
    }

    /// What is reserved on an account is what is pending from and to it.
    private void checkPending(ByteString key, Account account) {
        Invariant.check(
                account.debitsPending().units() == value(debitsPending, key)
                        && account.creditsPending().units() == value(creditsPending, key),
                () -> "what is pending on " + account.id() + " is what is reserved");
        Invariant.check(
                account.debitsPosted().units() >= 0 && account.creditsPosted().units() >= 0,
                () -> "the totals of " + account.id() + " only grow");
    }

    private void scanRecoveries() {
        state.account()
                .holders()
                .forEach((_, holder) ->
                        holder.recovery()
                                .ifPresent(recovery ->
                                        timers.add(
                                                new Timer(
                                                        recovery.dueMillis(),
                                                        new Timer.Subject.RecoveryEnd(
                                                                holder.id())))));
    }

    private void compareSums() {
        SortedMap<Asset, Accounts.Totals> running = state.accounts().listTotals();
        Invariant.check(
                running.keySet().equals(sums.keySet()),
                () -> "every asset that moved has its sums");
        for (Map.Entry<Asset, Sums> each : sums.entrySet()) {
            Sums sum = each.getValue();
            Invariant.check(
                    sum.debits.equals(sum.credits) && sum.debitsPending.equals(sum.creditsPending),
                    () -> "debits equal credits of " + each.getKey());
            Accounts.Totals totals = running.get(each.getKey());
            Invariant.check(
                    totals != null && sum.areThose(totals),
                    () -> "the running sums of " + each.getKey() + " are those of its accounts");
        }
    }

    private void scanClaims() {
        state.energy()
                .openClaims()
                .forEach((key, open) ->
                        open.timerMillis()
                                .ifPresent(due ->
                                        timers.add(
                                                new Timer(due, new Timer.Subject.ClaimDue(key)))));
    }

    /// Every pending transfer, every recovery and all claims that wait for objections have their
    /// timer, and there is no other.
    private void compareTimers() {
        SortedSet<ByteString> set = new TreeSet<>();
        state.timers().entries().forEach((key, _) -> set.add(key));
        SortedSet<ByteString> expected = new TreeSet<>();
        timers.forEach(timer -> expected.add(timer.key()));
        Invariant.check(
                set.equals(expected) && state.timers().size() == set.size(),
                () -> "what is to happen has one timer each, and nothing else has");
    }

    /// What is out of an asset is between nothing and its cap.
    private void checkSupply() {
        state.account().assets().forEach((_, terms) -> checkSupply(terms));
    }

    private void checkSupply(AssetTerms terms) {
        AccountId issuance = AccountId.issuance(terms.asset());
        long out = -state.accounts().balance(issuance, terms.asset()).units();
        Invariant.check(
                out >= 0 && out <= terms.cap().units(),
                () -> "what is out of " + terms.asset() + " is within its cap");
    }

    private static Timer timerOf(PendingTransfer pending) {
        return new Timer(pending.expiresMillis(), new Timer.Subject.Expiry(pending.id()));
    }

    private static void add(SortedMap<ByteString, BigInteger> sums, ByteString key, Amount amount) {
        sums.merge(key, BigInteger.valueOf(amount.units()), BigInteger::add);
    }

    private static long value(SortedMap<ByteString, BigInteger> sums, ByteString key) {
        return sums.getOrDefault(key, BigInteger.ZERO).longValueExact();
    }

    /// The sums of an asset's accounts.
    private static final class Sums {
        private BigInteger debits = BigInteger.ZERO;
        private BigInteger credits = BigInteger.ZERO;
        private BigInteger debitsPending = BigInteger.ZERO;
        private BigInteger creditsPending = BigInteger.ZERO;

        private boolean areThose(Accounts.Totals totals) {
            return debits.equals(BigInteger.valueOf(totals.debits().units()))
                    && credits.equals(BigInteger.valueOf(totals.credits().units()))
                    && debitsPending.equals(BigInteger.valueOf(totals.debitsPending().units()))
                    && creditsPending.equals(BigInteger.valueOf(totals.creditsPending().units()));
        }

        private void add(Account account) {
            debits = debits.add(BigInteger.valueOf(account.debitsPosted().units()));
            credits = credits.add(BigInteger.valueOf(account.creditsPosted().units()));
            debitsPending = debitsPending.add(BigInteger.valueOf(account.debitsPending().units()));
            creditsPending =
                    creditsPending.add(BigInteger.valueOf(account.creditsPending().units()));
        }
    }
}
