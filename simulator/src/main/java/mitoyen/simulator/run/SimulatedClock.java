package mitoyen.simulator.run;

import mitoyen.simulator.faults.Fault;
import mitoyen.simulator.model.Chance;

/// A machine's clock: it goes on with every step, and is set forwards and back as clocks are.
final class SimulatedClock {
    private static final long BEGIN_MILLIS = 1_767_225_600_000L;
    private static final long LONGEST_STEP_MILLIS = 4_000;
    private static final long LONGEST_JUMP_MILLIS = 3 * 86_400_000L;

    private final Chance chance;
    private final FaultCounts faults;
    private long nowMillis = BEGIN_MILLIS;
    private long passedMillis;

    SimulatedClock(Chance chance, FaultCounts faults) {
        this.chance = chance;
        this.faults = faults;
    }

    /// What the clock says [ms since 1970].
    long nowMillis() {
        return nowMillis;
    }

    /// How much time passed in truth [ms].
    long passedMillis() {
        return passedMillis;
    }

    /// Lets a while pass: sometimes none that a clock would show.
    void step() {
        long millis = chance.happens(1, 4) ? 0 : chance.below(LONGEST_STEP_MILLIS);
        nowMillis += millis;
        passedMillis += millis;
    }

    /// Sets the clock to another time.
    void jump() {
        boolean forward = chance.happens(1, 2);
        long millis = 1 + chance.below(1L << chance.from(4, 28)) % LONGEST_JUMP_MILLIS;
        nowMillis += forward ? millis : -millis;
        faults.happened(forward ? Fault.CLOCK_FORWARD : Fault.CLOCK_BACK, Long.toString(millis));
    }
}
