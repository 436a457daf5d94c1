package mitoyen.ledger.proof;

import org.jspecify.annotations.Nullable;

/// What a map is to hold at a place.
///
/// @param leaf the entry; null for none
/// @param <V> what the entries hold
record MapChange<V>(MapPlace place, MapNode.@Nullable Leaf<V> leaf) {}
