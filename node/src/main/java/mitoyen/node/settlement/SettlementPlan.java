package mitoyen.node.settlement;

/// What a settlement would do.
///
/// @param fresh how many days would be settled for the first time
/// @param corrected how many would be settled anew
/// @param unchanged how many are settled already with the same readings
public record SettlementPlan(int fresh, int corrected, int unchanged) {}
