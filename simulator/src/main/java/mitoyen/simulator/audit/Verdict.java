package mitoyen.simulator.audit;

import java.util.OptionalInt;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.proof.Digest;

/// What a receipt must say.
///
/// @param answer the answer
/// @param about the hash of what was sent, or the name of the timer that fired
/// @param step the index of the step that was refused, where one was
public record Verdict(Answer answer, ByteString about, OptionalInt step) {
    /// What a receipt says.
    public static Verdict of(Receipt receipt) {
        Answer answer = Answer.of(receipt);
        return switch (receipt) {
            case Receipt.Accepted(Digest sent) -> whole(answer, sent);
            case Receipt.Exists(Digest sent) -> whole(answer, sent);
            case Receipt.Rejected(Digest sent, _, OptionalInt step) ->
                    new Verdict(answer, sent.bytes(), step);
            case Receipt.Fired(ByteString timer) -> new Verdict(answer, timer, OptionalInt.empty());
            case Receipt.Noticed(var evidence) ->
                    new Verdict(answer, evidence.address().bytes(), OptionalInt.empty());
        };
    }

    static Verdict whole(Answer answer, Digest sent) {
        return new Verdict(answer, sent.bytes(), OptionalInt.empty());
    }
}
