package mitoyen.simulator.model;

/// The direction of the sun, as a unit vector in local axes.
///
/// @param up the sine of its elevation; negative at night
/// @param south towards the south
/// @param west towards the west
record Sun(double up, double south, double west) {
    private static final long J2000_EPOCH_SECONDS = 946_728_000L;
    private static final double SECONDS_A_DAY = 86_400;

    /// Where the sun stands, to about a hundredth of a degree: the low-precision formulas of the
    /// *Astronomical Almanac*, page C5.
    static Sun at(Place place, long epochSecond) {
        double days = (epochSecond - J2000_EPOCH_SECONDS) / SECONDS_A_DAY;
        double anomaly = radians(357.528 + 0.9856003 * days);
        double longitude =
                radians(
                        280.460
                                + 0.9856474 * days
                                + 1.915 * StrictMath.sin(anomaly)
                                + 0.020 * StrictMath.sin(2 * anomaly));
        double obliquity = radians(23.439 - 0.0000004 * days);
        double declination = StrictMath.asin(StrictMath.sin(obliquity) * StrictMath.sin(longitude));
        double ascension =
                StrictMath.atan2(
                        StrictMath.cos(obliquity) * StrictMath.sin(longitude),
                        StrictMath.cos(longitude));
        double siderealTime = radians(280.46062 + 360.98564737 * days + place.longitude());
        return inLocalAxes(radians(place.latitude()), declination, siderealTime - ascension);
    }

    private static Sun inLocalAxes(double latitude, double declination, double hourAngle) {
        double sinLatitude = StrictMath.sin(latitude);
        double cosLatitude = StrictMath.cos(latitude);
        double sinDeclination = StrictMath.sin(declination);
        double cosDeclination = StrictMath.cos(declination);
        double cosHour = StrictMath.cos(hourAngle);
        return new Sun(
                sinLatitude * sinDeclination + cosLatitude * cosDeclination * cosHour,
                sinLatitude * cosDeclination * cosHour - cosLatitude * sinDeclination,
                cosDeclination * StrictMath.sin(hourAngle));
    }

    private static double radians(double degrees) {
        return degrees * (StrictMath.PI / 180);
    }
}
