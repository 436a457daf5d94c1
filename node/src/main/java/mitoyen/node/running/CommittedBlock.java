package mitoyen.node.running;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.consensus.Block;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;

/// A block that is durable, and what came of its transactions, in words that outlive versions of
/// the ledger.
///
/// @param block as it is kept
/// @param first what happened by itself, before its transactions: timers fired
/// @param entries what came of its transactions, in order
/// @param receipts the bytes that the root over its receipts is taken of, in order: those of
///   timers, then one of each transaction
public record CommittedBlock(
        Block block, List<Happened> first, List<Entry> entries, List<ByteString> receipts) {
    public CommittedBlock {
        first = List.copyOf(first);
        entries = List.copyOf(entries);
        receipts = List.copyOf(receipts);
    }

    /// The block's height.
    public long height() {
        return block.height();
    }

    /// What came of a transaction.
    ///
    /// @param id its id in hexadecimal; empty where the bytes are no transaction
    /// @param sent the SHA-256 of what was sent
    /// @param bytes what was sent: a signed transaction
    /// @param outcome the ledger's answer
    /// @param events what happened, in order; none unless it was accepted
    public record Entry(
            Optional<String> id,
            Digest sent,
            ByteString bytes,
            Outcome outcome,
            List<Happened> events) {
        public Entry {
            events = List.copyOf(events);
        }
    }

    /// The ledger's answer to a transaction.
    public sealed interface Outcome {
        /// Done.
        record Accepted() implements Outcome {}

        /// Done before, with the same content.
        record Exists() implements Outcome {}

        /// Refused.
        ///
        /// @param step the index of the step that was refused, from 0; empty where it was the whole
        record Rejected(Refusal refusal, OptionalInt step) implements Outcome {}

        /// The outcome in a word: `accepted`, `exists` or `rejected`.
        default String word() {
            return switch (this) {
                case Accepted() -> "accepted";
                case Exists() -> "exists";
                case Rejected _ -> "rejected";
            };
        }
    }
}
