package mitoyen.ledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.signature.P256;

/// A passkey in a phone and the browser that asks it, and its key used without them.
final class TestPasskey {
    /// The flag of an authenticator that saw a user.
    static final int PRESENT = 0x01;

    /// The flags of one that knew the user too.
    static final int VERIFIED = 0x05;

    private final byte[] secret;

    /// @param secret 32 bytes
    TestPasskey(byte[] secret) {
        this.secret = secret;
    }

    SignerKey key() {
        return new SignerKey(ByteString.of(P256.keyOf(secret)));
    }

    /// A signature of the message itself.
    SignedTransaction.Signature plain(byte[] message) {
        return SignedTransaction.Signature.plain(key(), ByteString.of(P256.sign(secret, message)));
    }

    /// An assertion for a site.
    ///
    /// @param origin the address at which the browser says that it is
    SignedTransaction.Signature assertion(byte[] message, int flags, String site, String origin) {
        byte[] challenge = Sha256.of(message).toBytes();
        byte[] client =
                ("{\"type\":\"webauthn.get\",\"challenge\":\""
                                + Base64.getUrlEncoder().withoutPadding().encodeToString(challenge)
                                + "\",\"origin\":\""
                                + origin
                                + "\",\"crossOrigin\":false}")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] authenticator = Arrays.copyOf(hash(site).toBytes(), 37);
        authenticator[32] = (byte) flags;
        byte[] signed = Arrays.copyOf(authenticator, 69);
        System.arraycopy(Sha256.of(client).toBytes(), 0, signed, 37, 32);
        return new SignedTransaction.Signature(
                key(),
                ByteString.of(P256.sign(secret, signed)),
                Optional.of(
                        new SignedTransaction.Passkey(
                                ByteString.of(authenticator), ByteString.of(client))));
    }

    /// What a signer bound to a site names it by.
    static Digest hash(String site) {
        return Sha256.of(site.getBytes(StandardCharsets.US_ASCII));
    }
}
