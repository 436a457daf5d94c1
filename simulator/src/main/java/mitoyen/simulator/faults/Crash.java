package mitoyen.simulator.faults;

/// The power going: an error, so that no code under test catches it and carries on.
public final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
        super(where);
    }
}
