package mitoyen.node.vault;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import mitoyen.node.keys.Secret;

/// Authenticated encryption of what the vault keeps: AES-256-GCM under a synthetic nonce.
///
/// The nonce is derived from the key, the context and the content (as in RFC 8452's reasoning), so
/// that a day written again after a crash never meets its own nonce with another content.
final class Seal {
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final Cipher cipher;

    /// A seal for one thread: it keeps one cipher, which costs more to look up than to use.
    Seal() {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    /// The content sealed: nonce, then cipher text with its tag.
    ///
    /// @param context where the content belongs; it opens in no other place
    byte[] seal(Secret key, byte[] context, byte[] content) {
        byte[] nonce =
                Arrays.copyOf(key.derive("mitoyen vault nonce", context, content), NONCE_LENGTH);
        try {
            begin(Cipher.ENCRYPT_MODE, key, nonce, context);
            byte[] sealed =
                    Arrays.copyOf(nonce, NONCE_LENGTH + cipher.getOutputSize(content.length));
            cipher.doFinal(content, 0, content.length, sealed, NONCE_LENGTH);
            return sealed;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    /// The content of what was sealed.
    ///
    /// @throws IOException if it was changed, belongs elsewhere or was sealed under another key
    byte[] open(Secret key, byte[] context, byte[] sealed) throws IOException {
        if (sealed.length < NONCE_LENGTH) {
            throw new IOException("a sealed value is cut short");
        }
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
            begin(Cipher.DECRYPT_MODE, key, nonce, context);
            return cipher.doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
        } catch (AEADBadTagException altered) {
            throw new IOException("a sealed value was altered, or the key is another", altered);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    private void begin(int mode, Secret key, byte[] nonce, byte[] context)
            throws GeneralSecurityException {
        cipher.init(
                mode,
                new SecretKeySpec(key.deriveOnce("mitoyen vault seal"), "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
    }
}
