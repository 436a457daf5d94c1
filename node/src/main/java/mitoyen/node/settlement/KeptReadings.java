package mitoyen.node.settlement;

import mitoyen.node.books.Anchor;

/// What became of readings that arrived at one of several settlers.
///
/// @param fresh how many days wait now to be settled for the first time
/// @param corrected how many wait to be settled anew
/// @param unchanged how many are settled with the same readings
/// @param anchor where the ledger stood
public record KeptReadings(int fresh, int corrected, int unchanged, Anchor anchor) {}
