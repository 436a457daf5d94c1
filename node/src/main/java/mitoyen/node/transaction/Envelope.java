package mitoyen.node.transaction;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;

/// What a transaction says beside its steps, as far as its author said it.
///
/// @param version the protocol version that it is made for
/// @param number in its lane, above those before it
public record Envelope(
        OptionalInt version,
        Optional<TransactionId> id,
        Optional<Digest> ledger,
        Optional<AccountId> sender,
        OptionalInt lane,
        OptionalLong number,
        Optional<Transaction.Expiry> expiry) {
    /// Nothing said.
    public static final Envelope EMPTY =
            new Envelope(
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    Optional.empty());
}
