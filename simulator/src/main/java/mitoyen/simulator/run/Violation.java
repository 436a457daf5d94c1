package mitoyen.simulator.run;

/// What must never happen, and did.
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what + ": " + cause, cause);
    }
}
