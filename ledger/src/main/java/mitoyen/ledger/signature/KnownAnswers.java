package mitoyen.ledger.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;

/// Questions whose answers are known, which a native library is asked before it is trusted: the
/// third vector of RFC 8032, section 7.1, that of RFC 6979, section A.2.5, and the same spoilt.
final class KnownAnswers {
    private static final byte[] KEY =
            HexFormat.of()
                    .parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    private static final byte[] MESSAGE = {(byte) 0xaf, (byte) 0x82};
    private static final String R =
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac";
    private static final byte[] SIGNATURE =
            HexFormat.of()
                    .parseHex(
                            R + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");

    /// The same with the order of the group added to S.
    private static final byte[] MALLEATED =
            HexFormat.of()
                    .parseHex(
                            R + "05d391b0a77904e98404ef037747a56e4a7c15e9716ed28dc027beceea1ec41a");

    private static final ECPoint P256_KEY =
            Secp256r1.DOMAIN
                    .getCurve()
                    .decodePoint(
                            HexFormat.of()
                                    .parseHex(
                                            "0360fed4ba255a9d31c961eb74c6356d"
                                                    + "68c049b8923b61fa6ce669622e60f29fb6"));
    private static final byte[] P256_MESSAGE = "sample".getBytes(StandardCharsets.UTF_8);
    private static final String P256_R =
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
    private static final byte[] P256_SIGNATURE =
            HexFormat.of()
                    .parseHex(
                            P256_R
                                    + "f7cb1c942d657c41d436c7a1b6e29f65"
                                    + "f3e900dbb9aff4064dc4ab2f843acda8");

    private KnownAnswers() {}

    /// Whether both equations give them. An exception is no answer.
    static boolean gives(Equation<byte[]> ed25519, Equation<ECPoint> p256) {
        try {
            return ed25519.holds(KEY, MESSAGE, SIGNATURE)
                    && !ed25519.holds(KEY, MESSAGE, MALLEATED)
                    && !ed25519.holds(KEY, P256_MESSAGE, SIGNATURE)
                    && p256.holds(P256_KEY, P256_MESSAGE, P256_SIGNATURE)
                    && !p256.holds(P256_KEY, MESSAGE, P256_SIGNATURE);
        } catch (GeneralSecurityException | RuntimeException unhealthy) {
            return false;
        }
    }

    /// A check of a signature that may fail to come to an answer.
    @FunctionalInterface
    interface Equation<K> {
        /// Whether it holds.
        boolean holds(K key, byte[] message, byte[] signature) throws GeneralSecurityException;
    }
}
