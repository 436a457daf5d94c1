package mitoyen.node.backup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// The key of one backup, from its passphrase and salt, and the sealing of its chunks (`JO-35`).
///
/// A salt is drawn for each backup, so a key is never used for two, and a chunk's nonce is its
/// number.
final class BackupKey {
    /// The length of a salt [bytes].
    static final int SALT_BYTES = 16;

    /// What sealing adds to a chunk [bytes].
    static final int TAG_BYTES = 16;

    /// RFC 9106, section 4, the second recommended choice: for machines with little memory.
    private static final int MEMORY_KIB = 1 << 16;

    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;

    /// The number of the empty chunk by which a wrong passphrase is told from damage.
    private static final long CHECK = -1;

    private final SecretKeySpec key;
    private final byte[] header;
    private final Cipher cipher;

    private BackupKey(SecretKeySpec key, byte[] header) {
        this.key = key;
        this.header = header;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    /// The key of a passphrase: slow, and takes 64 MiB, so that guessing is dear.
    ///
    /// @param passphrase accents count the same whichever way a keyboard writes them
    /// @param header what every chunk is bound to
    static BackupKey derive(String passphrase, byte[] salt, byte[] header) {
        Argon2BytesGenerator argon = new Argon2BytesGenerator();
        argon.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KIB)
                        .withIterations(PASSES)
                        .withParallelism(LANES)
                        .withSalt(salt)
                        .build());
        byte[] secret =
                Normalizer.normalize(passphrase, Normalizer.Form.NFC)
                        .getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[KEY_BYTES];
        argon.generateBytes(secret, key);
        Arrays.fill(secret, (byte) 0);
        BackupKey derived = new BackupKey(new SecretKeySpec(key, "AES"), header.clone());
        Arrays.fill(key, (byte) 0);
        return derived;
    }

    /// What stands in a backup to tell a wrong passphrase [16 bytes].
    byte[] check() {
        return seal(CHECK, false, new byte[0], 0);
    }

    /// Whether a check is of this key.
    boolean matches(byte[] check) {
        return Arrays.equals(check(), check);
    }

    /// A chunk sealed.
    ///
    /// @param number from 0, one more each
    /// @param last whether it is the last
    byte[] seal(long number, boolean last, byte[] chunk, int length) {
        try {
            begin(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(chunk, 0, length);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    /// A chunk opened.
    ///
    /// @throws AEADBadTagException if it was changed, or is another
    byte[] open(long number, boolean last, byte[] sealed) throws AEADBadTagException {
        try {
            begin(Cipher.DECRYPT_MODE, number, last);
            return cipher.doFinal(sealed);
        } catch (AEADBadTagException altered) {
            throw altered;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    private void begin(int mode, long number, boolean last) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        nonce[3] = (byte) (last ? 1 : 0);
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_BYTES - 1 - i] = (byte) (number >>> (8 * i));
        }
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(header);
    }
}
