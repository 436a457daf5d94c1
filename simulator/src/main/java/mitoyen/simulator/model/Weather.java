package mitoyen.simulator.model;

/// The weather over one neighbourhood: clouds and the temperature outside, the same for all roofs
/// and homes in it.
///
/// Noise between random points of a lattice in time, so that a cloudy day follows from the seed and
/// the date alone.
record Weather(long seed) {
    private static final int FRONTS = 1;
    private static final int CLOUDS = 2;
    private static final int AIR_MASSES = 3;
    private static final int FRONT_MINUTES = 40 * 60;
    private static final int CLOUD_MINUTES = 75;
    private static final int AIR_MASS_MINUTES = 64 * 60;
    private static final double MINUTES_A_DAY = 1_440;
    private static final double MINUTES_A_YEAR = 365.2425 * MINUTES_A_DAY;
    private static final double COLDEST_MINUTE = 20 * MINUTES_A_DAY;
    private static final double COLDEST_MINUTE_OF_DAY = 3 * 60;

    /// How much of the sky is covered, from 0 to 1; more in winter.
    double cover(long epochMinute) {
        double fronts = noise(FRONTS, FRONT_MINUTES, epochMinute) - 0.5;
        double clouds = noise(CLOUDS, CLOUD_MINUTES, epochMinute) - 0.5;
        double winter = 0.12 * wave(epochMinute, COLDEST_MINUTE, MINUTES_A_YEAR);
        return Math.clamp(0.45 + 1.7 * fronts + 0.6 * clouds + winter, 0.0, 1.0);
    }

    /// The temperature outside [degrees Celsius], after the averages of Lyon.
    double temperature(long epochMinute) {
        double season = -9 * wave(epochMinute, COLDEST_MINUTE, MINUTES_A_YEAR);
        double hour = -4 * wave(epochMinute, COLDEST_MINUTE_OF_DAY, MINUTES_A_DAY);
        double airMass = 10 * (noise(AIR_MASSES, AIR_MASS_MINUTES, epochMinute) - 0.5);
        return 13 + season + hour + airMass;
    }

    private static double wave(long epochMinute, double crest, double period) {
        return StrictMath.cos(2 * StrictMath.PI * ((epochMinute - crest) / period));
    }

    private double noise(int kind, int period, long epochMinute) {
        long point = Math.floorDiv(epochMinute, period);
        double way = Math.floorMod(epochMinute, period) / (double) period;
        double before = Chance.of(seed, kind, point).unit();
        double after = Chance.of(seed, kind, point + 1).unit();
        return before + way * way * (3 - 2 * way) * (after - before);
    }
}
