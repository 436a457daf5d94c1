package mitoyen.ledger.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;

/// Amazon's Corretto Crypto Provider, AWS-LC in native code: two to four times faster, where its
/// library loads. It is asked as an object and never registered with the JDK, so nothing else that
/// this process computes changes.
///
/// What it throws decides nothing: Bouncy Castle is asked instead. So a message that is larger than
/// its buffer, or an error of the library, costs time and no other answer.
final class CorrettoArithmetic implements Arithmetic {
    /// The DER of a SubjectPublicKeyInfo (RFC 8410, RFC 5480) up to the key.
    private static final byte[] ED25519_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] P256_KEY =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    /// The encoding of the neutral element, the one point of the subgroup that is not of prime
    /// order.
    private static final byte[] NEUTRAL = Arrays.copyOf(new byte[] {1}, 32);

    private final Provider provider;
    private final Arithmetic portable;

    private CorrettoArithmetic(Provider provider, Arithmetic portable) {
        this.provider = provider;
        this.portable = portable;
    }

    /// The library, if it loads here and answers known questions as it should.
    ///
    /// @param portable who is asked where it fails
    /// @throws LinkageError if the library is no part of the program
    static Optional<Arithmetic> load(Arithmetic portable) {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        if (provider.getLoadingError() != null) {
            return Optional.empty();
        }
        CorrettoArithmetic arithmetic = new CorrettoArithmetic(provider, portable);
        return KnownAnswers.gives(arithmetic::trustedEd25519, arithmetic::trustedP256)
                ? Optional.of(arithmetic)
                : Optional.empty();
    }

    @Override
    public String name() {
        return "Amazon Corretto Crypto Provider";
    }

    /// AWS-LC computes S*B - k*A and compares its encoding with R. With A of prime order that is a
    /// point of A's subgroup in its canonical encoding: of prime order, unless it is neutral.
    @Override
    public boolean ed25519(byte[] key, byte[] message, byte[] signature) {
        if (Arrays.equals(signature, 0, NEUTRAL.length, NEUTRAL, 0, NEUTRAL.length)) {
            return false;
        }
        try {
            return trustedEd25519(key, message, signature);
        } catch (GeneralSecurityException | RuntimeException silent) {
            return portable.ed25519(key, message, signature);
        }
    }

    @Override
    public boolean p256(ECPoint key, byte[] message, byte[] signature) {
        try {
            return trustedP256(key, message, signature);
        } catch (GeneralSecurityException | RuntimeException silent) {
            return portable.p256(key, message, signature);
        }
    }

    private boolean trustedEd25519(byte[] key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        return holds("Ed25519", new X509Key("EdDSA", ED25519_KEY, key), message, signature);
    }

    private boolean trustedP256(ECPoint key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        X509Key encoded = new X509Key("EC", P256_KEY, key.getEncoded(false));
        return holds("SHA256withECDSAinP1363Format", encoded, message, signature);
    }

    private boolean holds(String algorithm, X509Key key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm, provider);
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }
}
