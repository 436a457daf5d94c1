package mitoyen.ledger.proof;

import java.security.MessageDigest;
import java.util.Arrays;

/// HMAC-SHA-256 (RFC 2104) under one key, for any number of messages on any thread.
///
/// The two blocks that hold the key are hashed once, here: a short message then costs half, and
/// nothing is looked up for it.
public final class Hmac {
    private static final int BLOCK_BYTES = 64;
    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;

    /// Never used themselves, only their copies.
    private final MessageDigest inner;

    private final MessageDigest outer;

    /// @param key secret, of any length above 0; a copy is made
    /// @throws IllegalArgumentException if it is empty
    public Hmac(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("an empty key");
        }
        byte[] block =
                Arrays.copyOf(key.length > BLOCK_BYTES ? Sha256.hash(key) : key, BLOCK_BYTES);
        this.inner = begun(block, INNER);
        this.outer = begun(block, OUTER);
    }

    /// The 32 bytes that stand for the parts, one behind the other; the caller's own.
    public byte[] of(byte[]... parts) {
        MessageDigest message = Sha256.copy(inner);
        for (byte[] part : parts) {
            message.update(part);
        }
        return Sha256.copy(outer).digest(message.digest());
    }

    private static MessageDigest begun(byte[] block, int pad) {
        byte[] padded = new byte[BLOCK_BYTES];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = (byte) (block[i] ^ pad);
        }
        MessageDigest digest = Sha256.algorithm();
        digest.update(padded);
        return digest;
    }
}
