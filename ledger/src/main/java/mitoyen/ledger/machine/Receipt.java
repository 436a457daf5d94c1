package mitoyen.ledger.machine;

import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.proof.Digest;

/// The ledger's answer to bytes that were sent as a transaction (LE-61).
///
/// It names them by their hash, since what does not decode has no id.
public sealed interface Receipt {
    /// The SHA-256 of what was sent: a signed transaction, or a bundle that could not be taken
    /// apart.
    Digest sent();

    /// The bytes that go into the receipts' root.
    byte[] toBytes();

    /// Done.
    record Accepted(Digest sent) implements Receipt {
        @Override
        public byte[] toBytes() {
            return start(2, sent, "accepted").toBytes();
        }
    }

    /// Done before, by a transaction with the same id and content.
    record Exists(Digest sent) implements Receipt {
        @Override
        public byte[] toBytes() {
            return start(2, sent, "exists").toBytes();
        }
    }

    /// Refused; nothing changed.
    record Rejected(Digest sent, Rejection rejection) implements Receipt {
        @Override
        public byte[] toBytes() {
            return start(4, sent, "rejected")
                    .key("module")
                    .text(rejection.module())
                    .key("number")
                    .integer(rejection.number())
                    .toBytes();
        }
    }

    private static CborWriter start(int entries, Digest sent, String answer) {
        return new CborWriter()
                .map(entries)
                .key("sent")
                .bytes(sent.bytes())
                .key("answer")
                .text(answer);
    }
}
