package mitoyen.simulator.run;

import mitoyen.simulator.faults.DiskOdds;

/// How much goes wrong in a run: once in so many steps; 0 is never.
///
/// @param disk how often the disk fails and lies, by operation
/// @param crash how often the power goes
/// @param stop how often the node is stopped as it should be, and started again
/// @param rot how often a bit turns that was durable
/// @param jump how often the clock is set
/// @param shortestLife the fewest steps of one ledger
/// @param longestLife the most steps of one ledger
public record RunOdds(
        DiskOdds disk, int crash, int stop, int rot, int jump, int shortestLife, int longestLife) {
    /// What a bad year of a machine might bring, in some hours.
    public static final RunOdds LIGHT =
            new RunOdds(
                    new DiskOdds(3_000, 1_500, 4_000, 8_000, 8_000), 300, 600, 5_000, 40, 60, 600);

    /// A machine that nobody would keep.
    public static final RunOdds HEAVY =
            new RunOdds(new DiskOdds(250, 150, 300, 400, 400), 25, 60, 200, 10, 20, 200);
}
