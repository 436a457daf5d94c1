package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;

/// What proves that a [MerkleMap] holds an entry, or that it holds none (LE-17): what stands at the
/// end of the key's way down, and the hashes beside that way.
///
/// Most hashes beside a long way are those of subtrees without entries, 32 bytes of zero. They are
/// left out: `levels` says which depths have another one. The last level of a way always has, or
/// the way would end above it; so the bits also say how long the way is.
///
/// @param levels a bit a depth, from the most significant of the first byte: 1 where the subtree
///   beside the way has entries; at most 32 bytes, the last not 0
/// @param siblings the hashes of these subtrees, from the top down
/// @param end what stands at the end of the way
public record MapProof(ByteString levels, List<Digest> siblings, End end) {
    /// The longest way: a bit of a place a level.
    static final int MAX_DEPTH = 8 * Digest.LENGTH;

    public MapProof {
        siblings = List.copyOf(siblings);
    }

    /// What stands at the end of a key's way.
    public sealed interface End {}

    /// The key's own entry.
    ///
    /// @param value the bytes of its value
    public record Held(ByteString value) implements End {}

    /// No entry.
    public record Nothing() implements End {}

    /// The entry of another key whose way is the same so far.
    ///
    /// @param place of that key, its SHA-256
    /// @param value the SHA-256 of its value's bytes
    public record Other(Digest place, Digest value) implements End {}

    /// The proof with the hashes beside the way, one a depth from the top down.
    static MapProof of(List<Digest> beside, End end) {
        byte[] levels = new byte[Math.ceilDiv(beside.size(), 8)];
        List<Digest> siblings = new ArrayList<>();
        for (int depth = 0; depth < beside.size(); depth++) {
            Digest sibling = beside.get(depth);
            if (!sibling.equals(MerkleMap.EMPTY_ROOT)) {
                levels[depth / 8] |= (byte) (0x80 >> depth % 8);
                siblings.add(sibling);
            }
        }
        return new MapProof(ByteString.of(levels), siblings, end);
    }

    /// Whether the map with this root holds an entry with this key and these bytes of a value.
    public boolean provesPresence(ByteString key, ByteString value, Digest root) {
        return end.equals(new Held(value)) && leadsTo(key, root);
    }

    /// Whether the map with this root holds no entry with this key.
    public boolean provesAbsence(ByteString key, Digest root) {
        return !(end instanceof Held) && leadsTo(key, root);
    }

    /// Whether the way from what is said to stand at its end leads to this root.
    private boolean leadsTo(ByteString key, Digest root) {
        return findRoot(key).filter(root::equals).isPresent();
    }

    /// The root that the way leads to; nothing where no map could have such a way to the key.
    Optional<Digest> findRoot(ByteString key) {
        if (!isWellFormed()) {
            return Optional.empty();
        }
        Digest placeDigest = Sha256.of(key.toBytes());
        MapPlace place = MapPlace.of(placeDigest);
        return findHashAtEnd(placeDigest, place).map(end -> climb(place, end));
    }

    /// Whether the bits and the siblings fit each other, and no sibling is one that is left out.
    boolean isWellFormed() {
        int bits = 0;
        for (int i = 0; i < levels.length(); i++) {
            bits += Integer.bitCount(levels.at(i));
        }
        boolean trimmed = levels.length() == 0 || levels.at(levels.length() - 1) != 0;
        return trimmed
                && levels.length() <= Digest.LENGTH
                && bits == siblings.size()
                && !siblings.contains(MerkleMap.EMPTY_ROOT);
    }

    private Optional<Digest> findHashAtEnd(Digest placeDigest, MapPlace place) {
        return switch (end) {
            case Held(ByteString value) ->
                    Optional.of(leaf(placeDigest, Sha256.of(value.toBytes())));
            case Nothing() -> Optional.of(MerkleMap.EMPTY_ROOT);
            case Other(Digest otherPlace, Digest value) ->
                    isBeside(place, MapPlace.of(otherPlace))
                            ? Optional.of(leaf(otherPlace, value))
                            : Optional.empty();
        };
    }

    private boolean isBeside(MapPlace place, MapPlace other) {
        return !place.equals(other) && place.sharesWayWith(other, depth());
    }

    private Digest climb(MapPlace place, Digest end) {
        Digest hash = end;
        int next = siblings.size() - 1;
        for (int depth = depth() - 1; depth >= 0; depth--) {
            boolean beside = (levels.at(depth / 8) & 0x80 >> depth % 8) != 0;
            Digest sibling = beside ? siblings.get(next--) : MerkleMap.EMPTY_ROOT;
            hash = place.isRight(depth) ? node(sibling, hash) : node(hash, sibling);
        }
        return hash;
    }

    private int depth() {
        int bytes = levels.length();
        return bytes == 0 ? 0 : 8 * bytes - Integer.numberOfTrailingZeros(levels.at(bytes - 1));
    }

    private static Digest leaf(Digest place, Digest value) {
        return Sha256.of(Sha256.Domain.MAP_LEAF, place, value);
    }

    private static Digest node(Digest left, Digest right) {
        return Sha256.of(Sha256.Domain.MAP_NODE, left, right);
    }
}
