package mitoyen.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A line of text that seals something under a passphrase: Argon2id, then AES-256-GCM.
///
/// ```
/// sealed argon2id m=65536 t=3 p=1 SALT aes-256-gcm NONCE CIPHERTEXT
/// ```
///
/// What stands above the line, and its parameters, are bound to what is sealed.
final class PassphraseSeal {
    private static final int SALT_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern FORM =
            Pattern.compile(
                    "(sealed argon2id m=([0-9]{1,7}) t=([0-9]{1,3}) p=([0-9]{1,3}) ([0-9a-f]{32})"
                            + " aes-256-gcm ([0-9a-f]{24})) ([0-9a-f]{32,})");

    private PassphraseSeal() {}

    /// Whether a line is of this form.
    ///
    /// @param contentLength of what is sealed [bytes]
    static boolean isLine(String line, int contentLength) {
        Matcher sealed = FORM.matcher(line);
        return sealed.matches()
                && sealed.group(7).length() == 2 * (contentLength + TAG_BITS / Byte.SIZE);
    }

    /// Whether a line is of this form.
    static boolean isLine(String line) {
        Matcher sealed = FORM.matcher(line);
        return sealed.matches() && sealed.group(7).length() % 2 == 0;
    }

    /// The line.
    ///
    /// @param head what stands above it, its line's end included
    static String seal(
            String head,
            byte[] content,
            Passphrase passphrase,
            Stretching stretching,
            SecureRandom chance) {
        byte[] salt = new byte[SALT_LENGTH];
        byte[] nonce = new byte[NONCE_LENGTH];
        chance.nextBytes(salt);
        chance.nextBytes(nonce);
        HexFormat hex = HexFormat.of();
        String parameters =
                "sealed argon2id "
                        + stretching
                        + " "
                        + hex.formatHex(salt)
                        + " aes-256-gcm "
                        + hex.formatHex(nonce);
        try {
            Cipher cipher =
                    cipher(
                            Cipher.ENCRYPT_MODE,
                            stretching.stretch(passphrase, salt),
                            nonce,
                            head + parameters);
            return parameters + " " + hex.formatHex(cipher.doFinal(content));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    /// What a line seals.
    ///
    /// @param file that it is in, named in mistakes
    /// @param number of the line, from 1
    /// @throws IOException if the passphrase is wrong, or the file was changed
    static byte[] open(Path file, int number, String head, String line, Passphrase passphrase)
            throws IOException {
        Matcher sealed = FORM.matcher(line);
        if (!sealed.matches()) {
            throw new IllegalStateException(file + " is not sealed");
        }
        Stretching stretching =
                new Stretching(
                        Integer.parseInt(sealed.group(2)),
                        Integer.parseInt(sealed.group(3)),
                        Integer.parseInt(sealed.group(4)));
        if (!stretching.isReasonable()) {
            throw new IOException(
                    "%s:%d: asks for %s, beyond any limit; take a backup"
                            .formatted(file, number, stretching));
        }
        byte[] salt = HexFormat.of().parseHex(sealed.group(5));
        byte[] nonce = HexFormat.of().parseHex(sealed.group(6));
        try {
            return cipher(
                            Cipher.DECRYPT_MODE,
                            stretching.stretch(passphrase, salt),
                            nonce,
                            head + sealed.group(1))
                    .doFinal(HexFormat.of().parseHex(sealed.group(7)));
        } catch (AEADBadTagException wrong) {
            throw new IOException(
                    file + ": the passphrase is wrong, or the file was changed; try again", wrong);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has AES-GCM", absent);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String bound)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
