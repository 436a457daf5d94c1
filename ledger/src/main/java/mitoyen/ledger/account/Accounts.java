package mitoyen.ledger.account;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.quantity.Money;

/// All accounts, by id and asset. Immutable: a transfer gives other accounts.
public final class Accounts {
    /// No account yet.
    public static final Accounts NONE =
            new Accounts(MerkleMap.empty(Account::toCbor), Collections.emptySortedMap());

    private final MerkleMap<Account> entries;
    private final SortedMap<Asset, Totals> totals;

    private Accounts(MerkleMap<Account> entries, SortedMap<Asset, Totals> totals) {
        this.entries = entries;
        this.totals = totals;
    }

    /// An account; one that nothing ever moved on has totals of 0.
    public Account account(AccountId id, Asset asset) {
        return entries.find(key(id, asset)).orElseGet(() -> Account.untouched(id, asset));
    }

    /// What is owed to an account, or by it where it is negative.
    public Money balance(AccountId id, Asset asset) {
        return account(id, asset).balance();
    }

    /// All that ever moved of an asset.
    public Totals totals(Asset asset) {
        return totals.getOrDefault(asset, Totals.NONE);
    }

    /// The assets that ever moved, and all that moved of each.
    public SortedMap<Asset, Totals> listTotals() {
        return totals;
    }

    /// Whether something ever moved on an account.
    public boolean isUsed(AccountId id, Asset asset) {
        return entries.find(key(id, asset)).isPresent();
    }

    /// Whether transfers of an asset can all be made without a total that exceeds a `long`.
    ///
    /// No account's total exceeds the asset's, so that the asset's is the only one to look at.
    ///
    /// @param amounts each above 0
    public boolean haveRoomFor(Asset asset, List<Money> amounts) {
        long room = Long.MAX_VALUE - totals(asset).debits().micros();
        for (Money amount : amounts) {
            if (amount.micros() > room) {
                return false;
            }
            room -= amount.micros();
        }
        return true;
    }

    /// The accounts after a transfer that they [have room for](#haveRoomFor).
    public Accounts after(Transfer transfer) {
        Asset asset = transfer.asset();
        Account payer = account(transfer.from(), asset);
        Account payee = account(transfer.to(), asset);
        Account debited = payer.debited(transfer.amount());
        Account credited = payee.credited(transfer.amount());
        SortedMap<Asset, Totals> changed = new TreeMap<>(totals);
        changed.put(asset, totals(asset).changed(payer, debited).changed(payee, credited));
        return new Accounts(
                entries.put(key(payer.id(), asset), debited).put(key(payee.id(), asset), credited),
                Collections.unmodifiableSortedMap(changed));
    }

    /// The root over all accounts (LE-56).
    public Digest root() {
        return entries.root();
    }

    private static ByteString key(AccountId id, Asset asset) {
        byte[] code = asset.code().getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[AccountId.LENGTH + code.length];
        id.bytes().copyTo(key, 0);
        System.arraycopy(code, 0, key, AccountId.LENGTH, code.length);
        return ByteString.of(key);
    }

    /// All that ever moved of an asset.
    ///
    /// @param debits the sum of all accounts' posted debits
    /// @param credits the sum of all accounts' posted credits, the same
    public record Totals(Money debits, Money credits) {
        static final Totals NONE = new Totals(Money.ZERO, Money.ZERO);

        private Totals changed(Account before, Account after) {
            return new Totals(
                    debits.plus(after.debitsPosted().minus(before.debitsPosted())),
                    credits.plus(after.creditsPosted().minus(before.creditsPosted())));
        }
    }
}
