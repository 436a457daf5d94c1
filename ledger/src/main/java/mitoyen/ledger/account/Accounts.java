package mitoyen.ledger.account;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.quantity.Amount;
import org.pcollections.TreePMap;

/// All accounts, by id and asset. Immutable: a transfer gives other accounts.
public final class Accounts {
    /// No account yet.
    public static final Accounts NONE =
            new Accounts(MerkleMap.empty(Account::toCbor), TreePMap.empty());

    private final MerkleMap<Account> entries;
    private final TreePMap<Asset, Totals> totals;

    private Accounts(MerkleMap<Account> entries, TreePMap<Asset, Totals> totals) {
        this.entries = entries;
        this.totals = totals;
    }

    /// The accounts that these entries are, by [their keys][Account#key()].
    ///
    /// @throws ArithmeticException if what moved of an asset exceeds a `long`
    public static Accounts of(MerkleMap<Account> entries) {
        SortedMap<Asset, Totals> totals = new TreeMap<>();
        entries.forEach((_, account) ->
                totals.merge(account.asset(), Totals.NONE.with(account), Totals::plus));
        return new Accounts(entries, TreePMap.from(totals));
    }

    /// The accounts that these entries are, with sums that whoever calls this must know.
    public static Accounts of(MerkleMap<Account> entries, SortedMap<Asset, Totals> totals) {
        return new Accounts(entries, TreePMap.from(totals));
    }

    /// The entries, by [their keys][Account#key()].
    public MerkleMap<Account> entries() {
        return entries;
    }

    /// An account; one that nothing ever moved on has totals of 0.
    public Account account(AccountId id, Asset asset) {
        return entries.find(asset.keyOf(id)).orElseGet(() -> Account.untouched(id, asset));
    }

    /// What is owed to an account, or by it where it is negative.
    public Amount balance(AccountId id, Asset asset) {
        return account(id, asset).balance();
    }

    /// All that ever moved of an asset, and all that is reserved of it.
    public Totals totals(Asset asset) {
        return totals.getOrDefault(asset, Totals.NONE);
    }

    /// The assets that ever moved, and all that moved of each.
    public SortedMap<Asset, Totals> listTotals() {
        return totals;
    }

    /// Whether something ever moved on an account.
    public boolean isUsed(AccountId id, Asset asset) {
        return entries.find(asset.keyOf(id)).isPresent();
    }

    /// Whether transfers of an asset can all be made or reserved without a total that exceeds a
    /// `long`, also once all that is pending is posted.
    ///
    /// No account's total exceeds the asset's, so that the asset's is the only one to look at.
    ///
    /// @param amounts each above 0
    public boolean haveRoomFor(Asset asset, List<Amount> amounts) {
        Totals all = totals(asset);
        long room = Long.MAX_VALUE - all.debits().units() - all.debitsPending().units();
        for (Amount amount : amounts) {
            if (amount.units() > room) {
                return false;
            }
            room -= amount.units();
        }
        return true;
    }

    /// The accounts after a transfer that they [have room for](#haveRoomFor).
    public Accounts after(Transfer transfer) {
        Account payer = account(transfer.from(), transfer.asset());
        Account payee = account(transfer.to(), transfer.asset());
        return with(
                payer, payer.debited(transfer.amount()), payee, payee.credited(transfer.amount()));
    }

    /// The accounts after an amount was reserved, which they [have room for](#haveRoomFor).
    Accounts reserved(Transfer reserved) {
        return pending(reserved, reserved.amount());
    }

    /// The accounts after what was reserved is no longer.
    Accounts released(Transfer reserved) {
        return pending(reserved, Amount.ZERO.minus(reserved.amount()));
    }

    /// The root over all accounts (LE-56).
    public Digest root() {
        return entries.root();
    }

    /// The same where maps take changes in a way.
    Accounts in(MapMode mode) {
        return new Accounts(entries.in(mode), totals);
    }

    private Accounts pending(Transfer reserved, Amount change) {
        Account payer = account(reserved.from(), reserved.asset());
        Account payee = account(reserved.to(), reserved.asset());
        return with(payer, payer.debitPending(change), payee, payee.creditPending(change));
    }

    /// With two accounts of one asset changed.
    private Accounts with(Account payerBefore, Account payer, Account payeeBefore, Account payee) {
        Asset asset = payer.asset();
        Totals changed = totals(asset).changed(payerBefore, payer).changed(payeeBefore, payee);
        return new Accounts(
                entries.put(payer.key(), payer).put(payee.key(), payee),
                totals.plus(asset, changed));
    }

    /// All that ever moved of an asset, and all that is reserved of it.
    ///
    /// @param debits the sum of all accounts' posted debits
    /// @param credits the sum of all accounts' posted credits, the same
    /// @param debitsPending the sum of all accounts' pending debits
    /// @param creditsPending the sum of all accounts' pending credits, the same
    public record Totals(
            Amount debits, Amount credits, Amount debitsPending, Amount creditsPending) {
        static final Totals NONE = new Totals(Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO);

        private Totals with(Account account) {
            return changed(Account.untouched(account.id(), account.asset()), account);
        }

        private Totals plus(Totals other) {
            return new Totals(
                    debits.plus(other.debits),
                    credits.plus(other.credits),
                    debitsPending.plus(other.debitsPending),
                    creditsPending.plus(other.creditsPending));
        }

        private Totals changed(Account before, Account after) {
            return new Totals(
                    debits.plus(after.debitsPosted().minus(before.debitsPosted())),
                    credits.plus(after.creditsPosted().minus(before.creditsPosted())),
                    debitsPending.plus(after.debitsPending().minus(before.debitsPending())),
                    creditsPending.plus(after.creditsPending().minus(before.creditsPending())));
        }
    }
}
