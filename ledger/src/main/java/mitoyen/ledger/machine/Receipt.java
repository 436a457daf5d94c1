package mitoyen.ledger.machine;

import java.util.OptionalInt;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.governance.Evidence;
import mitoyen.ledger.proof.Digest;

/// The ledger's answer to bytes that were sent as a transaction (LE-61), or what it did by itself.
///
/// It names bytes by their hash, since what does not decode has no id.
public sealed interface Receipt {
    /// The bytes that go into the receipts' root.
    byte[] toBytes();

    /// Done.
    ///
    /// @param sent the SHA-256 of what was sent: a signed transaction, or a bundle that could not
    ///   be taken apart; so in all that follow
    record Accepted(Digest sent) implements Receipt {
        @Override
        public byte[] toBytes() {
            return start(2, sent, OptionalInt.empty(), "accepted").toBytes();
        }
    }

    /// Done before, by a transaction with the same id and content.
    record Exists(Digest sent) implements Receipt {
        @Override
        public byte[] toBytes() {
            return start(2, sent, OptionalInt.empty(), "exists").toBytes();
        }
    }

    /// Refused: no asset moved.
    ///
    /// @param step the index of the step that was refused, from 0; empty where it was the whole
    record Rejected(Digest sent, Rejection rejection, OptionalInt step) implements Receipt {
        /// Refused as a whole.
        public Rejected(Digest sent, Rejection rejection) {
            this(sent, rejection, OptionalInt.empty());
        }

        @Override
        public byte[] toBytes() {
            return start(step.isPresent() ? 5 : 4, sent, step, "rejected")
                    .key("module")
                    .text(rejection.module())
                    .key("number")
                    .integer(rejection.number())
                    .toBytes();
        }
    }

    /// A timer fired.
    ///
    /// @param timer its name
    record Fired(ByteString timer) implements Receipt {
        @Override
        public byte[] toBytes() {
            return new CborWriter()
                    .map(2)
                    .key("timer")
                    .bytes(timer)
                    .key("answer")
                    .text("fired")
                    .toBytes();
        }
    }

    /// Evidence came with the engine's notice; its event says what became of it.
    record Noticed(Evidence evidence) implements Receipt {
        @Override
        public byte[] toBytes() {
            CborWriter writer = new CborWriter().map(2).key("answer").text("noticed");
            evidence.write(writer.key("evidence"));
            return writer.toBytes();
        }
    }

    private static CborWriter start(int entries, Digest sent, OptionalInt step, String answer) {
        CborWriter writer = new CborWriter().map(entries).key("sent").bytes(sent.bytes());
        step.ifPresent(index -> writer.key("step").integer(index));
        return writer.key("answer").text(answer);
    }
}
