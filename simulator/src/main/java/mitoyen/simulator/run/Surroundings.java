package mitoyen.simulator.run;

import mitoyen.simulator.model.Chance;

/// What a run's ledgers live in, one after the other: chance, the clock, and what is noted.
///
/// @param chance of what is done, and of what goes wrong
record Surroundings(
        Chance chance, Trace trace, FaultCounts faults, SimulatedClock clock, RunOdds odds) {
    static Surroundings of(long seed, RunOdds odds) {
        Trace trace = new Trace();
        FaultCounts faults = new FaultCounts(trace);
        SimulatedClock clock = new SimulatedClock(Chance.of(seed, 1), faults);
        return new Surroundings(Chance.of(seed), trace, faults, clock, odds);
    }

    /// Whether something happens that happens once in so many times; 0 is never.
    boolean hits(int oneIn) {
        return oneIn > 0 && chance.below(oneIn) == 0;
    }
}
