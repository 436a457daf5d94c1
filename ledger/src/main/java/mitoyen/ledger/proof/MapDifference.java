package mitoyen.ledger.proof;

import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;

/// The first entry, by place, that two maps do not have in common.
///
/// @param key that it is under
/// @param first the SHA-256 of its value in the first map; empty where that has none
/// @param second the same of the second map
public record MapDifference(ByteString key, Optional<Digest> first, Optional<Digest> second) {}
