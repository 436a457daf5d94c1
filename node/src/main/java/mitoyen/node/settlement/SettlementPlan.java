package mitoyen.node.settlement;

import java.time.LocalDate;
import java.util.List;

/// What a settlement would do.
///
/// @param fresh how many days would be settled for the first time
/// @param revised the days that were settled with other readings, by rising date: settled anew only
///   where that is asked for, else the run is refused
/// @param unchanged how many are settled already with the same readings
public record SettlementPlan(int fresh, List<LocalDate> revised, int unchanged) {
    public SettlementPlan {
        revised = List.copyOf(revised);
    }
}
