package mitoyen.ledger.account;

import org.jspecify.annotations.Nullable;

/// The issuance accounts of assets that were asked for lately: each transfer asks for that of its
/// asset a few times, and working one out is a hash.
///
/// Which are remembered shows in nothing but speed. Any number of threads may ask: an entry is
/// immutable, and whoever finds another's asset in its slot works its own out.
final class IssuanceIds {
    private static final int SLOTS = 1 << 8;

    private static final @Nullable Entry[] ENTRIES = new @Nullable Entry[SLOTS];

    private IssuanceIds() {}

    static AccountId of(Asset asset) {
        int slot = asset.code().hashCode() & SLOTS - 1;
        Entry entry = ENTRIES[slot];
        if (entry != null && entry.asset.equals(asset)) {
            return entry.id;
        }
        AccountId id = AccountId.hashedIssuance(asset);
        ENTRIES[slot] = new Entry(asset, id);
        return id;
    }

    private record Entry(Asset asset, AccountId id) {}
}
