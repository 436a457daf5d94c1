package mitoyen.ledger.energy;

import java.util.List;

/// The meters that take part on one day, in order, and whose they are.
///
/// @param memberCount how many members the terms have: owners are indexes below it
/// @param places the meters in the order of the file
public record Roster(int memberCount, List<Place> places) {
    /// Nobody's.
    public static final Roster NONE = new Roster(0, List.of());

    public Roster {
        places = List.copyOf(places);
    }

    /// How many meters take part.
    public int meterCount() {
        return places.size();
    }

    /// Whose the meter at a place is: an index into the members of the terms.
    public int ownerOf(int place) {
        return places.get(place).member();
    }

    /// A meter in its place.
    ///
    /// @param meter the meter's id
    /// @param member the index of its owner among the members of the terms
    public record Place(String meter, int member) {}
}
