package mitoyen.simulator.audit;

import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rejection;

/// What a transaction was answered, or should have been.
///
/// @param word `accepted`, `exists`, or who refused it
/// @param number of the reason; 0 if it was not refused
public record Answer(String word, int number) implements Comparable<Answer> {
    /// It is done.
    public static final Answer ACCEPTED = new Answer("accepted", 0);

    /// It was done before.
    public static final Answer EXISTS = new Answer("exists", 0);

    /// A timer fired.
    public static final Answer FIRED = new Answer("fired", 0);

    /// Evidence against a validator was taken note of.
    public static final Answer NOTICED = new Answer("noticed", 0);

    /// It is refused.
    ///
    /// @param module who refuses it (LE-61)
    static Answer refused(String module, int number) {
        return new Answer(module, number);
    }

    /// The answer that a receipt is.
    public static Answer of(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _ -> ACCEPTED;
            case Receipt.Exists _ -> EXISTS;
            case Receipt.Rejected(_, Rejection reason, _) ->
                    refused(reason.module(), reason.number());
            case Receipt.Fired _ -> FIRED;
            case Receipt.Noticed _ -> NOTICED;
        };
    }

    @Override
    public int compareTo(Answer other) {
        int byWord = word.compareTo(other.word);
        return byWord != 0 ? byWord : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return number == 0 ? word : word + " " + number;
    }
}
