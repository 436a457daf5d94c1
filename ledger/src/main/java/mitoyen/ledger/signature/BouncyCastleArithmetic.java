package mitoyen.ledger.signature;

import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Bouncy Castle's lightweight arithmetic, in Java: it is there on every machine, and the other is
/// held against it.
final class BouncyCastleArithmetic implements Arithmetic {
    @Override
    public String name() {
        return "Bouncy Castle";
    }

    /// Bouncy Castle multiplies the equation by a number of its own choosing; where that is even, a
    /// part of small order in R goes unseen. So R's order is checked beside it, for about the cost
    /// of the equation.
    @Override
    public boolean ed25519(byte[] key, byte[] message, byte[] signature) {
        return Ed25519.verify(signature, 0, key, 0, message, 0, message.length)
                && Ed25519.validatePublicKeyFull(signature, 0);
    }

    @Override
    public boolean p256(ECPoint key, byte[] message, byte[] signature) {
        return holds(key, Sha256.of(message), signature);
    }

    /// Whether an ECDSA signature holds over what was hashed already.
    static boolean holds(ECPoint key, byte[] digest, byte[] signature) {
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(key, Secp256r1.DOMAIN));
        return verifier.verifySignature(
                digest, Secp256r1.number(signature, 0), Secp256r1.number(signature, 1));
    }
}
