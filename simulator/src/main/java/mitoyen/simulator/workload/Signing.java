package mitoyen.simulator.workload;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.SignatureRule;

/// How a run's transactions are signed, and how its ledger checks that.
public sealed interface Signing permits RealSigning, CheapSigning {
    /// The key of one of the people of a run.
    ///
    /// @param person from 0
    SignerKey key(int person);

    /// A key that may not be registered.
    SignerKey invalidKey();

    /// A person's signature of a message, 64 bytes.
    ByteString sign(int person, byte[] message);

    /// The rule under which these signatures hold.
    SignatureRule rule();
}
