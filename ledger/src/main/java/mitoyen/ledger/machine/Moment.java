package mitoyen.ledger.machine;

/// Where in the order a transaction is executed.
///
/// @param height of its block, from 1
/// @param timeMillis the time of its block [ms since 1970], above the one below
public record Moment(long height, long timeMillis) {}
