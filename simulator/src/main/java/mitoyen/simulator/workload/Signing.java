package mitoyen.simulator.workload;

import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.wire.SignatureRule;

/// How a run's transactions are signed, and how its ledger checks that.
public sealed interface Signing permits RealSigning, CheapSigning {
    /// The number of the first key of P-256; those below are of Ed25519.
    int FIRST_P256 = 11;

    /// One of the keys of a run.
    ///
    /// @param number from 0
    SignerKey key(int number);

    /// A key of Ed25519 by which one of a ledger's validators would sign blocks; none signs here.
    ///
    /// @param number from 0
    SignerKey validatorKey(int number);

    /// A key of Ed25519 that may not be registered.
    SignerKey invalidKey();

    /// A key of P-256 that may not be registered: its first byte says no form of a point (LE-144).
    default SignerKey invalidP256Key() {
        byte[] key = new byte[SignerKey.P256_LENGTH];
        key[0] = 5;
        return new SignerKey(ByteString.of(key));
    }

    /// The signature of a message by a key, 64 bytes.
    ByteString sign(int number, byte[] message);

    /// The rule under which these signatures hold.
    SignatureRule rule();
}
