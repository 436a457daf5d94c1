package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.Verifier.Verification;

/// A bundle that was or shall be ordered, taken apart, hashed and verified: all that can be known
/// of it without a state, so that whoever meets the same bytes again need not find it out again.
public sealed interface Examined {
    /// Transactions that a node gathered, none or more, in order.
    record Transactions(List<One> all) implements Examined {
        public Transactions {
            all = List.copyOf(all);
        }
    }

    /// A block was asked for, for a timer that is due; only in a shared ledger.
    record Woken(Wake wake) implements Examined {}

    /// Bytes that are neither.
    ///
    /// @param sent the SHA-256 of the bytes
    record Malformed(ByteString bytes, Digest sent) implements Examined {}

    /// A transaction of a bundle.
    ///
    /// @param sent the SHA-256 of the bytes
    /// @param verification what the block's verifier came to
    record One(ByteString bytes, Digest sent, Verification verification) {}

    /// Examines a bundle.
    ///
    /// @param limits of the rules that hold for the block
    /// @param shared whether the ledger is
    /// @param verifying gives what the block's verifier gives
    static Examined of(byte[] bundle, Parameters limits, boolean shared, Verifying verifying) {
        try {
            if (shared && isMap(bundle)) {
                return new Woken(Wake.decode(bundle));
            }
            List<One> all = new ArrayList<>();
            for (ByteString each : Bundle.decode(bundle, limits).transactions()) {
                all.add(examine(each, verifying));
            }
            return new Transactions(all);
        } catch (CborException malformed) {
            return new Malformed(ByteString.of(bundle), Sha256.of(bundle));
        }
    }

    private static One examine(ByteString transaction, Verifying verifying) {
        byte[] bytes = transaction.toBytes();
        Digest sent = Sha256.of(bytes);
        return new One(transaction, sent, verifying.verify(sent, bytes));
    }

    /// A wake and a bundle are told apart by the kind of their item.
    private static boolean isMap(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xe0) == 0xa0;
    }

    /// Says what verifying a transaction comes to.
    @FunctionalInterface
    interface Verifying {
        /// What the [verifier][BlockExecution#verifier] of the block comes to.
        ///
        /// @param sent the SHA-256 of the bytes
        Verification verify(Digest sent, byte[] bytes);
    }
}
