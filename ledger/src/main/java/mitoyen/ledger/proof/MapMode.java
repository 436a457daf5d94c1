package mitoyen.ledger.proof;

/// How a [MerkleMap] takes changes.
public enum MapMode {
    /// The map never changes: what changes it gives another one, which shares with it all that did
    /// not.
    SHARED,

    /// The map changes in place, until it is [shared][#SHARED] again: what a block works on. What
    /// changes it gives it back, and what it was before may be asked for nothing any more, which is
    /// checked. The map that it was made from stays as it is.
    DRAFTED,

    /// On top of a drafted map, which stays as it is for as long as this is used: so what was tried
    /// can be forgotten. Of a shared map it is the map itself.
    TRIED
}
