package mitoyen.simulator.audit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Sha256;

/// Who moved and reserved how much, in numbers without a largest one (LE-20 to LE-24, LE-102).
public final class BookOfAccounts {
    private static final BigInteger LARGEST = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);

    private final Undo undo;
    private final SortedMap<Asset, SortedMap<AccountId, Moved>> accounts = new TreeMap<>();
    private final SortedMap<Asset, Moved> all = new TreeMap<>();
    private final SortedMap<Asset, AccountId> issuances = new TreeMap<>();

    BookOfAccounts(Undo undo) {
        this.undo = undo;
    }

    /// The accounts on which something of an asset moved or was reserved.
    public SortedMap<AccountId, Moved> accounts(Asset asset) {
        return Collections.unmodifiableSortedMap(
                accounts.getOrDefault(asset, Collections.emptySortedMap()));
    }

    /// The assets that moved, and the sums over all accounts.
    public SortedMap<Asset, Moved> all() {
        return Collections.unmodifiableSortedMap(all);
    }

    /// What moved on an account.
    public Moved moved(AccountId account, Asset asset) {
        return accounts(asset).getOrDefault(account, Moved.NOTHING);
    }

    /// The account that an asset is issued from, which nobody signs for (LE-111).
    AccountId issuance(Asset asset) {
        return issuances.computeIfAbsent(asset, BookOfAccounts::hashIssuance);
    }

    boolean isUsed(AccountId account, Asset asset) {
        return accounts(asset).containsKey(account);
    }

    boolean hasRoomFor(Asset asset, BigInteger amount) {
        Moved sums = all.getOrDefault(asset, Moved.NOTHING);
        return sums.debits.add(sums.debitsPending).add(amount).compareTo(LARGEST) <= 0;
    }

    void transfer(Asset asset, AccountId from, AccountId to, BigInteger amount) {
        BigInteger none = BigInteger.ZERO;
        add(asset, from, new Moved(amount, none, none, none));
        add(asset, to, new Moved(none, amount, none, none));
    }

    /// Reserves an amount; a negative one is released.
    void reserve(Asset asset, AccountId from, AccountId to, BigInteger amount) {
        BigInteger none = BigInteger.ZERO;
        add(asset, from, new Moved(none, none, amount, none));
        add(asset, to, new Moved(none, none, none, amount));
    }

    private void add(Asset asset, AccountId account, Moved change) {
        undo.put(
                accounts.computeIfAbsent(asset, _ -> new TreeMap<>()),
                account,
                moved(account, asset).plus(change));
        undo.put(all, asset, all.getOrDefault(asset, Moved.NOTHING).plus(change));
    }

    private static AccountId hashIssuance(Asset asset) {
        byte[] hash =
                Sha256.of(
                                "mitoyen issuance\n".getBytes(StandardCharsets.US_ASCII),
                                asset.code().getBytes(StandardCharsets.US_ASCII))
                        .toBytes();
        return new AccountId(ByteString.of(hash, 0, AccountId.LENGTH));
    }

    /// What moved on an account, in its asset's smallest unit.
    ///
    /// @param debits what went
    /// @param credits what came
    /// @param debitsPending what is reserved
    /// @param creditsPending what is promised
    public record Moved(
            BigInteger debits,
            BigInteger credits,
            BigInteger debitsPending,
            BigInteger creditsPending) {
        static final Moved NOTHING =
                new Moved(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

        Moved plus(Moved other) {
            return new Moved(
                    debits.add(other.debits),
                    credits.add(other.credits),
                    debitsPending.add(other.debitsPending),
                    creditsPending.add(other.creditsPending));
        }

        /// What is left to spend.
        public BigInteger available() {
            return credits.subtract(debits).subtract(debitsPending);
        }
    }
}
