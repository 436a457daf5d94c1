package mitoyen.ledger.account;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MapMode;
import mitoyen.ledger.proof.MerkleMap;
import mitoyen.ledger.quantity.Amount;
import org.pcollections.TreePMap;

/// What is reserved and neither posted, voided nor expired. Immutable.
///
/// How many each payer has and how much of each asset is pending follow from the entries, and so
/// have no part in the root.
public final class PendingTransfers {
    /// Nothing is pending.
    static final PendingTransfers NONE =
            new PendingTransfers(
                    MerkleMap.empty(PendingTransfer::toCbor), TreePMap.empty(), TreePMap.empty());

    private final MerkleMap<PendingTransfer> entries;
    private final TreePMap<AccountId, Integer> counts;
    private final TreePMap<Asset, Amount> sums;

    private PendingTransfers(
            MerkleMap<PendingTransfer> entries,
            TreePMap<AccountId, Integer> counts,
            TreePMap<Asset, Amount> sums) {
        this.entries = entries;
        this.counts = counts;
        this.sums = sums;
    }

    /// The pending transfers that these entries are, by id.
    ///
    /// @throws ArithmeticException if what is pending of an asset exceeds a `long`
    public static PendingTransfers of(MerkleMap<PendingTransfer> entries) {
        SortedMap<AccountId, Integer> counts = new TreeMap<>();
        SortedMap<Asset, Amount> sums = new TreeMap<>();
        entries.forEach((_, pending) -> {
            Transfer transfer = pending.transfer();
            counts.merge(transfer.from(), 1, Math::addExact);
            sums.merge(transfer.asset(), transfer.amount(), Amount::plus);
        });
        return new PendingTransfers(entries, TreePMap.from(counts), TreePMap.from(sums));
    }

    /// The entries, by id.
    public MerkleMap<PendingTransfer> entries() {
        return entries;
    }

    /// The pending transfer with an id.
    public Optional<PendingTransfer> find(PendingId id) {
        return entries.find(id.bytes());
    }

    /// How many pending transfers an account is to pay.
    public int count(AccountId payer) {
        return counts.getOrDefault(payer, 0);
    }

    /// How much of each asset is pending; assets of which nothing is are left out.
    public SortedMap<Asset, Amount> listSums() {
        return sums;
    }

    /// The root over all entries.
    public Digest root() {
        return entries.root();
    }

    /// The same where maps take changes in a way.
    PendingTransfers in(MapMode mode) {
        return new PendingTransfers(entries.in(mode), counts, sums);
    }

    PendingTransfers with(PendingTransfer pending) {
        Transfer transfer = pending.transfer();
        return new PendingTransfers(
                entries.put(pending.id().bytes(), pending),
                counts.plus(transfer.from(), count(transfer.from()) + 1),
                sums.plus(transfer.asset(), sum(transfer.asset()).plus(transfer.amount())));
    }

    PendingTransfers without(PendingTransfer pending) {
        Transfer transfer = pending.transfer();
        int left = count(transfer.from()) - 1;
        Amount sum = sum(transfer.asset()).minus(transfer.amount());
        return new PendingTransfers(
                entries.remove(pending.id().bytes()),
                left == 0 ? counts.minus(transfer.from()) : counts.plus(transfer.from(), left),
                sum.equals(Amount.ZERO)
                        ? sums.minus(transfer.asset())
                        : sums.plus(transfer.asset(), sum));
    }

    /// How much of an asset is pending.
    public Amount sum(Asset asset) {
        return sums.getOrDefault(asset, Amount.ZERO);
    }
}
