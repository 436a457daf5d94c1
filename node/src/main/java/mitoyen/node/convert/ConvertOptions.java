package mitoyen.node.convert;

import java.time.ZoneId;
import java.util.Optional;

/// What the user knows of a file that the file does not say.
///
/// @param meter the meter, where the file does not name it
/// @param direction which way energy went, where the file does not say
/// @param stamp which end of the interval a stamp names, where the kind leaves it open
/// @param zone the zone of stamps without offset, where the kind leaves it open
/// @param operatorSplit whether the operator's own split is wanted, where the file has it
public record ConvertOptions(
        Optional<String> meter,
        Optional<Direction> direction,
        Stamp stamp,
        ZoneId zone,
        boolean operatorSplit) {
    /// The grid operator of France says: the end of the step, in French time.
    public static final ConvertOptions USUAL =
            new ConvertOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Stamp.END,
                    ZoneId.of("Europe/Paris"),
                    false);
}
