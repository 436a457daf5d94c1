package mitoyen.node.keys;

/// The community's keys on a node that settles for it.
///
/// @param signing the Ed25519 seed with which the node signs settlements
/// @param vault seals the terms and the names in the vault
/// @param salt salts the commitments of the community itself, and makes the ids of its transactions
///   and of its own accounts
public record CommunityKeys(Secret signing, Secret vault, Secret salt) {}
