package mitoyen.simulator.workload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.SignedTransaction.Signature;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.simulator.audit.Signatures;
import mitoyen.simulator.audit.Signatures.Assertion;
import mitoyen.simulator.model.Chance;

/// People who sign what they are asked to: with a key, or with a passkey on a page.
final class Signatories {
    private static final byte[] TAG = "mitoyen transaction\n".getBytes(StandardCharsets.US_ASCII);

    private final Chance chance;
    private final Signing signing;
    private final Authenticator authenticator;

    Signatories(Chance chance, Signing signing) {
        this.chance = chance;
        this.signing = signing;
        this.authenticator = new Authenticator(chance, signing);
    }

    /// An order, signed by each who should.
    SignedOrder sign(Order order) {
        byte[] body = TransactionCodec.encode(order.transaction());
        byte[] message = message(order.transaction().ledger(), body);
        List<Signature> signatures = new ArrayList<>();
        Set<SignerKey> plain = new HashSet<>();
        SortedMap<SignerKey, Assertion> passkeys = new TreeMap<>();
        for (int number : order.signers()) {
            if (number >= Workload.FIRST_PASSKEY && chance.happens(29, 30)) {
                Authenticator.Asserted asserted = authenticator.agree(number, message);
                signatures.add(asserted.signature());
                passkeys.put(signing.key(number), asserted.assertion());
            } else {
                signatures.add(plain(number, message));
                plain.add(signing.key(number));
            }
        }
        return new SignedOrder(
                transaction(body, signatures), Sha256.of(message), new Signatures(plain, passkeys));
    }

    /// An order with one signature that does not hold: an assertion beside the others, or the last;
    /// never more than a transaction may carry.
    SignedTransaction signBadly(Order order, boolean knowsPasskeys) {
        byte[] body = TransactionCodec.encode(order.transaction());
        byte[] message = message(order.transaction().ledger(), body);
        SignedTransaction good = sign(order).transaction();
        List<Signature> signatures = new ArrayList<>(good.signatures());
        if (knowsPasskeys && chance.happens(1, 2)) {
            signatures.removeIf(each -> each.key().isP256());
            if (signatures.size() == Workload.LIMITS.signatures()) {
                signatures.removeLast();
            }
            signatures.add(authenticator.fail(anyPasskey(), message));
        } else {
            Signature last = signatures.removeLast();
            byte[] bytes = last.signature().toBytes();
            bytes[chance.below(bytes.length)] ^= (byte) (1 << chance.below(Byte.SIZE));
            signatures.add(new Signature(last.key(), ByteString.of(bytes), last.passkey()));
        }
        return transaction(body, signatures);
    }

    /// An order with an assertion that is longer than any, or by a key that no passkey has.
    SignedTransaction signMalformed(Order order) {
        byte[] body = TransactionCodec.encode(order.transaction());
        byte[] message = message(order.transaction().ledger(), body);
        int number = anyPasskey();
        if (chance.happens(1, 2)) {
            return transaction(body, List.of(authenticator.oversize(number, message)));
        }
        Signature asserted = authenticator.agree(number, message).signature();
        Signature foreign =
                new Signature(
                        signing.key(Workload.FOUNDER), asserted.signature(), asserted.passkey());
        return transaction(body, List.of(foreign));
    }

    private int anyPasskey() {
        return chance.from(Workload.FIRST_PASSKEY, Workload.KEYS - 1);
    }

    private Signature plain(int number, byte[] message) {
        return Signature.plain(signing.key(number), signing.sign(number, message));
    }

    private static SignedTransaction transaction(byte[] body, List<Signature> signatures) {
        List<Signature> sorted = new ArrayList<>(signatures);
        sorted.sort(Comparator.comparing(Signature::key));
        return new SignedTransaction(ByteString.of(body), sorted);
    }

    /// What is signed (LE-71).
    private static byte[] message(Digest ledger, byte[] body) {
        byte[] message = Arrays.copyOf(TAG, TAG.length + Digest.LENGTH + body.length);
        ledger.bytes().copyTo(message, TAG.length);
        System.arraycopy(body, 0, message, TAG.length + Digest.LENGTH, body.length);
        return message;
    }
}
