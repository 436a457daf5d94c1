package mitoyen.ledger.machine;

import java.nio.ByteBuffer;
import java.util.Comparator;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;

/// Something that is to happen at a time without anyone asking for it (LE-96). Timers fire by time,
/// then by what they are about.
///
/// @param dueMillis when, by the time of blocks [ms since 1970]
public record Timer(long dueMillis, Subject subject) implements Comparable<Timer> {
    private static final Comparator<Timer> ORDER =
            Comparator.comparingLong(Timer::dueMillis).thenComparing(Timer::key);

    private static final int SHORTEST_CLAIM = 30;
    private static final int LONGEST_CLAIM = 69;

    /// What happens.
    public sealed interface Subject {
        /// A pending transfer expires.
        record Expiry(PendingId pending) implements Subject {}

        /// An account gets the signers that its guardians named.
        record RecoveryEnd(AccountId account) implements Subject {}

        /// The time for objections to a month's claims is over.
        ///
        /// @param claim the key of what waits (LE-185), 30 to 69 bytes
        record ClaimDue(ByteString claim) implements Subject {}
    }

    /// The name of the timer: the time in 8 bytes, one for the kind, and whom it is about.
    public ByteString key() {
        ByteString about = about();
        ByteBuffer key = ByteBuffer.allocate(Long.BYTES + 1 + about.length());
        return ByteString.of(key.putLong(dueMillis).put(kind()).put(about.toBytes()).array());
    }

    /// The timer with a name.
    ///
    /// @throws CborException if the bytes are no timer's name
    public static Timer ofKey(ByteString key) throws CborException {
        if (key.length() < Long.BYTES + 1) {
            throw new CborException(0, "not a timer");
        }
        ByteBuffer bytes = ByteBuffer.wrap(key.toBytes());
        long due = bytes.getLong();
        byte kind = bytes.get();
        byte[] about = new byte[bytes.remaining()];
        bytes.get(about);
        if (kind == 0 && about.length == PendingId.LENGTH) {
            return new Timer(due, new Subject.Expiry(new PendingId(ByteString.of(about))));
        }
        if (kind == 1 && about.length == AccountId.LENGTH) {
            return new Timer(due, new Subject.RecoveryEnd(new AccountId(ByteString.of(about))));
        }
        if (kind == 2 && about.length >= SHORTEST_CLAIM && about.length <= LONGEST_CLAIM) {
            return new Timer(due, new Subject.ClaimDue(ByteString.of(about)));
        }
        throw new CborException(Long.BYTES, "not a timer");
    }

    @Override
    public int compareTo(Timer other) {
        return ORDER.compare(this, other);
    }

    private byte kind() {
        return switch (subject) {
            case Subject.Expiry _ -> 0;
            case Subject.RecoveryEnd _ -> 1;
            case Subject.ClaimDue _ -> 2;
        };
    }

    private ByteString about() {
        return switch (subject) {
            case Subject.Expiry(var pending) -> pending.bytes();
            case Subject.RecoveryEnd(var account) -> account.bytes();
            case Subject.ClaimDue(var claim) -> claim;
        };
    }
}
