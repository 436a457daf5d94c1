package mitoyen.node.input;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// Why a text is no JSON of ours, in our own words: the library's name its classes and settings,
/// and where nothing is to be seen.
public final class JsonFailure {
    private JsonFailure() {}

    /// A sentence's predicate, with the place where it is known: columns are counted in bytes.
    public static String describe(JacksonException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "more than is taken: it is nested too deep, has too many values, or has too long"
                    + " a number or text";
        }
        TokenStreamLocation place = failure.getLocation();
        return place == null || place.getLineNr() < 1
                ? "not JSON"
                : "not JSON that can be read on at line %d, column %d: something is missing or left"
                                .formatted(place.getLineNr(), place.getColumnNr())
                        + " over there, or a field is there twice";
    }
}
