package mitoyen.ledger.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

    public SignedTransaction {
        signatures = List.copyOf(signatures);
    }

    /// A transaction signed with these seeds.
    public static SignedTransaction sign(Transaction transaction, byte[]... seeds) {
        byte[] body = TransactionCodec.encode(transaction);
        byte[] message = message(transaction.ledger(), body);
        SortedMap<SignerKey, Signature> signatures = new TreeMap<>();
        for (byte[] seed : seeds) {
            SignerKey key = Ed25519.keyOf(seed);
            signatures.put(key, new Signature(key, Ed25519.sign(seed, message)));
        }
        return new SignedTransaction(ByteString.of(body), List.copyOf(signatures.values()));
    }

    /// What is signed: a tag that no other message begins with, the ledger and the body (LE-71).
    static byte[] message(Digest ledger, byte[] body) {
        byte[] message = new byte[TAG.length + Digest.LENGTH + body.length];
        System.arraycopy(TAG, 0, message, 0, TAG.length);
        ledger.bytes().copyTo(message, TAG.length);
        System.arraycopy(body, 0, message, TAG.length + Digest.LENGTH, body.length);
        return message;
    }

    /// The one encoding.
    public byte[] toBytes() {
        CborWriter writer = new CborWriter().map(2);
        writer.key("body").bytes(body);
        writer.key("signatures").array(signatures.size());
        for (Signature signature : signatures) {
            writer.map(2);
            writer.key("key").bytes(signature.key().bytes());
            writer.key("signature").bytes(signature.signature());
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

    private static Signature readSignature(CborReader reader) throws CborException {
        reader.beginMap();
        var key = new SignerKey(reader.key("key").fixedBytes(SignerKey.LENGTH));
        ByteString signature = reader.key("signature").fixedBytes(Ed25519.SIGNATURE_LENGTH);
        reader.endMap();
        return new Signature(key, signature);
    }

    /// A signature and whose it is.
    ///
    /// @param signature 64 bytes
    public record Signature(SignerKey key, ByteString signature) {}
}
