package mitoyen.ledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.Fields;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.cbor.CborWriter;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.proof.Digest;

/// A transaction as it travels and is kept: its body, as signed, and signatures (LE-70).
///
/// @param body what [TransactionCodec] makes of a transaction
/// @param signatures by strictly rising key
public record SignedTransaction(ByteString body, List<Signature> signatures) {
    private static final byte[] TAG = "mitoyen transaction\n".getBytes(StandardCharsets.UTF_8);
    private static final int DEPTH = 3;
    private static final int MOST_PASSKEY_BYTES = 1_024;

    public SignedTransaction {
        signatures = List.copyOf(signatures);
    }

    /// A transaction signed with these seeds.
    public static SignedTransaction sign(Transaction transaction, byte[]... seeds) {
        return sign(transaction, Arrays.stream(seeds).map(Signer::new).toList());
    }

    /// A transaction signed by these.
    public static SignedTransaction sign(Transaction transaction, List<Signer> signers) {
        ByteString body = ByteString.of(TransactionCodec.encode(transaction));
        byte[] message = message(transaction.ledger(), body);
        SortedMap<SignerKey, Signature> signatures = new TreeMap<>();
        for (Signer signer : signers) {
            signatures.put(signer.key(), Signature.plain(signer.key(), signer.sign(message)));
        }
        return new SignedTransaction(body, List.copyOf(signatures.values()));
    }

    /// What signatures are made over, for whoever signs elsewhere: a key in a phone, a passkey,
    /// whose challenge is its SHA-256.
    public static byte[] message(Transaction transaction) {
        return message(transaction.ledger(), ByteString.of(TransactionCodec.encode(transaction)));
    }

    /// What is signed: a tag that no other message begins with, the ledger and the body (LE-71).
    static byte[] message(Digest ledger, ByteString body) {
        byte[] message = new byte[TAG.length + Digest.LENGTH + body.length()];
        System.arraycopy(TAG, 0, message, 0, TAG.length);
        ledger.copyTo(message, TAG.length);
        body.copyTo(message, TAG.length + Digest.LENGTH);
        return message;
    }

    /// The one encoding.
    public byte[] toBytes() {
        CborWriter writer = new CborWriter().map(2);
        writer.key("body").bytes(body);
        writer.key("signatures").array(signatures.size());
        for (Signature signature : signatures) {
            write(writer, signature);
        }
        return writer.toBytes();
    }

    /// The signed transaction that these bytes are; its signatures are not verified yet.
    ///
    /// @param limits that it must keep
    /// @throws CborException if they are none
    public static SignedTransaction decode(byte[] bytes, Parameters limits) throws CborException {
        CborReader reader = new CborReader(bytes, DEPTH);
        reader.beginMap();
        ByteString body = reader.key("body").bytes(limits.transactionBytes());
        int count = reader.key("signatures").beginArray(limits.signatures());
        List<Signature> signatures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int start = reader.offset();
            Signature signature = readSignature(reader);
            if (i > 0 && signatures.getLast().key().compareTo(signature.key()) >= 0) {
                throw new CborException(start, "a key twice or out of order");
            }
            signatures.add(signature);
        }
        reader.endArray();
        reader.endMap();
        reader.end();
        return new SignedTransaction(body, signatures);
    }

    private static void write(CborWriter writer, Signature signature) {
        writer.map(signature.passkey().isPresent() ? 4 : 2);
        writer.key("key").bytes(signature.key().bytes());
        writer.key("signature").bytes(signature.signature());
        signature
                .passkey()
                .ifPresent(passkey -> {
                    writer.key("client-data").bytes(passkey.clientData());
                    writer.key("authenticator-data").bytes(passkey.authenticatorData());
                });
    }

    private static Signature readSignature(CborReader reader) throws CborException {
        reader.beginMap();
        SignerKey key = Fields.key(reader.key("key"));
        ByteString signature = reader.key("signature").fixedBytes(Ed25519.SIGNATURE_LENGTH);
        Optional<Passkey> passkey = Optional.empty();
        int start = reader.offset();
        if (reader.optionalKey("client-data")) {
            ByteString clientData = reader.bytes(MOST_PASSKEY_BYTES);
            ByteString authenticatorData =
                    reader.key("authenticator-data").bytes(MOST_PASSKEY_BYTES);
            if (!key.isP256()) {
                throw new CborException(start, "a passkey that is not of P-256");
            }
            passkey = Optional.of(new Passkey(authenticatorData, clientData));
        }
        reader.endMap();
        return new Signature(key, signature, passkey);
    }

    /// A signature and whose it is.
    ///
    /// @param signature 64 bytes: R and S, or r and s
    /// @param passkey what a passkey signed instead of the message itself
    public record Signature(SignerKey key, ByteString signature, Optional<Passkey> passkey) {
        /// A signature of the message itself.
        public static Signature plain(SignerKey key, ByteString signature) {
            return new Signature(key, signature, Optional.empty());
        }
    }

    /// What a passkey signed, which names the message by its hash (LE-98).
    ///
    /// @param authenticatorData what the authenticator says
    /// @param clientData what the browser says, as JSON
    public record Passkey(ByteString authenticatorData, ByteString clientData) {}
}
