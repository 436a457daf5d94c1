package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;

/// Who moved how much, in numbers without a largest one (LE-20 to LE-24).
public final class BookOfAccounts {
    private static final BigInteger LARGEST = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);

    private final SortedMap<Asset, SortedMap<AccountId, Moved>> accounts = new TreeMap<>();
    private final SortedMap<Asset, BigInteger> moved = new TreeMap<>();

    /// The accounts on which something of an asset moved.
    public SortedMap<AccountId, Moved> accounts(Asset asset) {
        return Collections.unmodifiableSortedMap(
                accounts.getOrDefault(asset, Collections.emptySortedMap()));
    }

    /// The assets that moved, and how much of each in all.
    public SortedMap<Asset, BigInteger> moved() {
        return Collections.unmodifiableSortedMap(moved);
    }

    boolean isUsed(AccountId account, Asset asset) {
        return accounts(asset).containsKey(account);
    }

    boolean hasRoomFor(Asset asset, BigInteger amount) {
        return moved.getOrDefault(asset, BigInteger.ZERO).add(amount).compareTo(LARGEST) <= 0;
    }

    void transfer(Asset asset, AccountId from, AccountId to, BigInteger amount) {
        SortedMap<AccountId, Moved> ofAsset = accounts.computeIfAbsent(asset, _ -> new TreeMap<>());
        ofAsset.merge(from, new Moved(amount, BigInteger.ZERO), Moved::plus);
        ofAsset.merge(to, new Moved(BigInteger.ZERO, amount), Moved::plus);
        moved.merge(asset, amount, BigInteger::add);
    }

    /// What moved on an account, in its asset's smallest unit.
    public record Moved(BigInteger debits, BigInteger credits) {
        Moved plus(Moved other) {
            return new Moved(debits.add(other.debits), credits.add(other.credits));
        }
    }
}
