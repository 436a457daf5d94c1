package mitoyen.ledger.governance;

import java.util.Arrays;
import java.util.Optional;

/// What a validator did that no honest one does. The numbers are the engine's.
public enum Misbehaviour {
    /// It signed two votes for one place.
    DOUBLE_SIGNING(1),
    /// It signed a header for light clients that is not the ledger's.
    LIGHT_CLIENT_ATTACK(2);

    private final int number;

    Misbehaviour(int number) {
        this.number = number;
    }

    /// The number that stands for it.
    public int number() {
        return number;
    }

    /// What a number stands for.
    public static Optional<Misbehaviour> find(long number) {
        return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
    }
}
