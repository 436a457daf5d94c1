package mitoyen.node.views;

import java.nio.ByteBuffer;
import java.util.Arrays;
import mitoyen.ledger.account.AccountId;

/// What is found by a key, and where it stands: each an entry of so many bytes, the key first, then
/// the position of an event.
enum RunSubject {
    /// Accepted transactions by their id: at the event that says so. Kept when they are pruned.
    ACCEPTED(16, true),

    /// Other answers to transactions by their id, at the event that gives them.
    ANSWERED(16, false),

    /// Movements by the account that is debited, and by the one that is credited.
    MOVED(AccountId.LENGTH, false);

    private static final int POSITION_BYTES = Long.BYTES + Integer.BYTES;

    private final int keyBytes;
    private final boolean isKept;

    RunSubject(int keyBytes, boolean isKept) {
        this.keyBytes = keyBytes;
        this.isKept = isKept;
    }

    /// How this is called in the tables; not to be changed.
    int number() {
        return switch (this) {
            case ACCEPTED -> 0;
            case ANSWERED -> 1;
            case MOVED -> 2;
        };
    }

    /// Whether entries stay when their blocks are pruned.
    boolean isKept() {
        return isKept;
    }

    /// The length of an entry [bytes].
    int entryBytes() {
        return keyBytes + POSITION_BYTES;
    }

    /// An entry. Of one key they lie in the order of their positions.
    byte[] entry(byte[] key, EventPosition position) {
        if (key.length != keyBytes) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        return ByteBuffer.allocate(entryBytes())
                .put(key)
                .putLong(position.height())
                .putInt(position.index())
                .array();
    }

    /// Whether the entry at an offset of a page is of a key.
    boolean isOf(byte[] key, byte[] page, int offset) {
        return Arrays.equals(page, offset, offset + keyBytes, key, 0, keyBytes);
    }

    /// Where the entry at an offset of a page stands.
    EventPosition position(byte[] page, int offset) {
        ByteBuffer entry = ByteBuffer.wrap(page);
        return new EventPosition(
                entry.getLong(offset + keyBytes), entry.getInt(offset + keyBytes + Long.BYTES));
    }

    /// The height at which the entry at an offset of a page stands.
    long height(byte[] page, int offset) {
        return ByteBuffer.wrap(page).getLong(offset + keyBytes);
    }
}
