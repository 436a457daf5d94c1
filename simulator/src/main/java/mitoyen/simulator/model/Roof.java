package mitoyen.simulator.model;

/// A roof with panels.
///
/// @param peakWatts power under standard test conditions [W]
/// @param tilt from the horizontal [degrees]
/// @param azimuth where it faces, from the south and positive to the west [degrees]
public record Roof(int peakWatts, int tilt, int azimuth) {
    private static final double STANDARD_IRRADIANCE = 1_000;
    // Inverter, cables, dirt and warm cells: the usual ratio of what a roof yields to its plate.
    private static final double PERFORMANCE = 0.82;
    private static final double CLEAR_SKY_BEAM = 0.85;
    private static final double OVERCAST_DIFFUSE = 0.28;

    /// The power it yields [W] under a sun and a cover of clouds from 0 to 1.
    double watts(Sun sun, double cover) {
        if (sun.up() <= 0) {
            return 0;
        }
        double clearSky = clearSkyIrradiance(sun.up());
        double beam = CLEAR_SKY_BEAM * clearSky * (1 - cover) * (1 - cover) / sun.up();
        double diffuse = clearSky * ((1 - CLEAR_SKY_BEAM) * (1 - cover) + OVERCAST_DIFFUSE * cover);
        double tilted = radians(tilt);
        double onRoof =
                beam * Math.max(0, cosineOfIncidence(sun))
                        + diffuse * (1 + StrictMath.cos(tilted)) / 2;
        return Math.min(peakWatts, peakWatts * PERFORMANCE * onRoof / STANDARD_IRRADIANCE);
    }

    private double cosineOfIncidence(Sun sun) {
        double tilted = radians(tilt);
        double facing = radians(azimuth);
        double level = StrictMath.sin(tilted);
        return sun.up() * StrictMath.cos(tilted)
                + sun.south() * level * StrictMath.cos(facing)
                + sun.west() * level * StrictMath.sin(facing);
    }

    /// Irradiance on level ground without clouds [W/m2], after Haurwitz (1945).
    private static double clearSkyIrradiance(double sineOfElevation) {
        return 1_098 * sineOfElevation * StrictMath.exp(-0.057 / sineOfElevation);
    }

    private static double radians(double degrees) {
        return degrees * (StrictMath.PI / 180);
    }
}
