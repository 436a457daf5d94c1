package mitoyen.ledger.machine;

import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.proof.Digest;

/// A request to the ledger, as it is signed (LE-52, LE-90).
public sealed interface Transaction {
    /// Its name, made by the sender.
    TransactionId id();

    /// The hash of the genesis of the ledger it is for.
    Digest ledger();

    /// The protocol version whose rules it is made for.
    int version();

    /// What it asks for, in order.
    List<Step> steps();

    /// A transaction of protocol version 1, or of one that this program does not know.
    ///
    /// @param step what it asks for
    record Version1(TransactionId id, Digest ledger, int version, Step step)
            implements Transaction {
        @Override
        public List<Step> steps() {
            return List.of(step);
        }
    }

    /// A transaction of the form that protocol version 2 brought, and later ones have.
    ///
    /// @param version from 2 on; an activation names 2 whatever version holds
    /// @param sender in whose name it is sent, and whose lane and bucket it uses
    /// @param lane which of the sender's lanes, from 0
    /// @param number its number in the lane, above those before it
    /// @param expiry until when it may be executed
    /// @param steps what it asks for, one or more; they stand or fall together
    record Version2(
            int version,
            TransactionId id,
            Digest ledger,
            AccountId sender,
            int lane,
            long number,
            Expiry expiry,
            List<Step> steps)
            implements Transaction {
        /// The first protocol version that has this form.
        public static final int FIRST = 2;

        public Version2 {
            steps = List.copyOf(steps);
        }
    }

    /// Until when a transaction may be executed: the first of the two ends it.
    ///
    /// @param height the last block that may hold it
    /// @param timeMillis the time that the block's must be below [ms since 1970]
    record Expiry(long height, long timeMillis) {}
}
