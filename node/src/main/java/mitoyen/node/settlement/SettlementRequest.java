package mitoyen.node.settlement;

import java.nio.file.Path;
import java.util.List;

/// What `settle` is asked to do.
///
/// @param community the community's file
/// @param readings files of readings, in any order
/// @param folder where everything goes, and where earlier runs left theirs
/// @param gapsZero whether a missing reading counts as 0
/// @param partial whether the first and the last local day may be cut
/// @param correct whether days settled with other readings are settled anew
/// @param maxKw the most that a meter can carry, in either direction [kW]
public record SettlementRequest(
        Path community,
        List<Path> readings,
        Path folder,
        boolean gapsZero,
        boolean partial,
        boolean correct,
        int maxKw) {
    public SettlementRequest {
        readings = List.copyOf(readings);
    }
}
