package mitoyen.node.command;

import java.util.Optional;
import java.util.OptionalInt;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.cbor.CborReader;
import mitoyen.ledger.proof.Digest;

/// What a receipt says (LE-61).
///
/// @param answer `accepted`, `exists`, `rejected` or `fired`; empty where the bytes are no receipt
///   that this program knows
/// @param sent the SHA-256 of what was answered to; empty where a timer fired
/// @param module who refused it; empty unless it was
/// @param number the reason's number there
/// @param step the step that was refused, from 0; empty where it was the whole
record ReceiptFields(
        String answer, Optional<Digest> sent, String module, int number, OptionalInt step) {
    private static final int DEPTH = 1;
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_TIMER = 256;
    private static final ReceiptFields UNKNOWN =
            new ReceiptFields("", Optional.empty(), "", 0, OptionalInt.empty());

    /// What these bytes say.
    static ReceiptFields of(ByteString receipt) {
        try {
            return read(new CborReader(receipt.toBytes(), DEPTH));
        } catch (CborException ofLaterVersion) {
            return UNKNOWN;
        }
    }

    private static ReceiptFields read(CborReader reader) throws CborException {
        reader.beginMap();
        Optional<Digest> sent = Optional.empty();
        OptionalInt step = OptionalInt.empty();
        if (reader.optionalKey("sent")) {
            sent = Optional.of(new Digest(reader.fixedBytes(Digest.LENGTH)));
            if (reader.optionalKey("step")) {
                step = OptionalInt.of((int) reader.unsigned(Integer.MAX_VALUE));
            }
        } else {
            reader.key("timer").bytes(LONGEST_TIMER);
        }
        String answer = reader.key("answer").text(LONGEST_WORD);
        String module = "";
        int number = 0;
        if (answer.equals("rejected")) {
            module = reader.key("module").text(LONGEST_WORD);
            number = (int) reader.key("number").unsigned(Integer.MAX_VALUE);
        }
        reader.endMap();
        reader.end();
        return new ReceiptFields(answer, sent, module, number, step);
    }
}
