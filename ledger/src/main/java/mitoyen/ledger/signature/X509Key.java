package mitoyen.ledger.signature;

import java.security.PublicKey;
import java.util.Arrays;

/// A public key in the form in which a provider of the JDK takes keys: a SubjectPublicKeyInfo. To
/// go through a key factory would parse it twice.
final class X509Key implements PublicKey {
    private static final long serialVersionUID = 1;

    private final String algorithm;
    private final byte[] encoded;

    /// A key from the DER before its bytes, and its bytes.
    X509Key(String algorithm, byte[] prefix, byte[] key) {
        this.algorithm = algorithm;
        this.encoded = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, encoded, prefix.length, key.length);
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "X.509";
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }
}
