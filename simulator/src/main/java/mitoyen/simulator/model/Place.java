package mitoyen.simulator.model;

/// Where a neighbourhood stands.
///
/// @param latitude [degrees], positive to the north
/// @param longitude [degrees], positive to the east
public record Place(double latitude, double longitude) {
    /// The confluence of Rhône and Saône in Lyon.
    public static final Place LYON = new Place(45.74, 4.82);
}
