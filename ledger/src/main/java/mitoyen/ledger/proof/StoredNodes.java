package mitoyen.ledger.proof;

import java.nio.ByteBuffer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;

/// The nodes of a map that lie elsewhere as bytes (LE-194), made of them when they are asked for.
/// Each is held against its hash, which the branch above it says, and that of the uppermost the
/// root: so nothing damaged is ever used. Any number of threads may ask.
///
/// @param <V> what the entries hold
final class StoredNodes<V> {
    /// The most entries of a subtree that is written down as these and not as a tree.
    static final int BUNCH = 8;

    /// What a subtree ends with: whether it is a bunch of entries, or a branch, and of which sides.
    static final int IS_BUNCH = 0;

    static final int HAS_LEFT = 1;
    static final int HAS_RIGHT = 2;

    /// What is before the key and the value of an entry: the lengths of both.
    static final int HEAD_BYTES = Short.BYTES + Integer.BYTES;

    /// What a branch has behind its sides: both hashes, the right one's length, which there are.
    static final int BRANCH_BYTES = 2 * Digest.LENGTH + Long.BYTES + 1;

    /// The same of a branch with one side.
    static final int LONE_BRANCH_BYTES = Digest.LENGTH + 1;

    /// The longest bunch; no entry comes near to its share of it.
    private static final int LONGEST_BUNCH = 1 << 24;

    private final StoredForm<V> form;
    private final StoredBytes bytes;

    StoredNodes(StoredForm<V> form, StoredBytes bytes) {
        this.form = form;
        this.bytes = bytes;
    }

    StoredBytes bytes() {
        return bytes;
    }

    /// The subtree that some of the bytes are: a branch whose sides are still to be read, or all of
    /// a bunch.
    ///
    /// @throws DamagedBytesException if they are not what its hash says
    MapNode<V> read(MapNode.Stored<V> stored) {
        long length = stored.to() - stored.from();
        if (length < 1) {
            throw damaged(stored, "hold nothing");
        }
        int tail = (int) Math.min(length, BRANCH_BYTES);
        byte[] end = bytes.read(stored.to() - tail, tail);
        MapNode<V> node =
                switch (end[tail - 1]) {
                    case IS_BUNCH -> bunch(stored);
                    case HAS_LEFT, HAS_RIGHT, HAS_LEFT | HAS_RIGHT -> branch(stored, end);
                    default -> throw damaged(stored, "are no subtree");
                };
        if (!new MapHasher<>(form.encoding()).hashOf(node).equals(stored.hash())) {
            throw damaged(stored, "do not match their hash");
        }
        return node;
    }

    private MapNode<V> branch(MapNode.Stored<V> stored, byte[] end) {
        int sides = end[end.length - 1];
        boolean both = sides == (HAS_LEFT | HAS_RIGHT);
        int record = both ? BRANCH_BYTES : LONE_BRANCH_BYTES;
        long above = stored.to() - record;
        if (above <= stored.from() || stored.depth() >= MapProof.MAX_DEPTH) {
            throw damaged(stored, "are no branch");
        }
        int at = end.length - record;
        if (!both) {
            MapNode<V> only = side(stored, stored.from(), above, end, at);
            return sides == HAS_LEFT
                    ? new MapNode.Branch<>(only, null)
                    : new MapNode.Branch<>(null, only);
        }
        long right = MapPlace.read(end, at + 2 * Digest.LENGTH);
        if (right < 1 || right >= above - stored.from()) {
            throw damaged(stored, "have no room for both sides");
        }
        return new MapNode.Branch<>(
                side(stored, stored.from(), above - right, end, at),
                side(stored, above - right, above, end, at + Digest.LENGTH));
    }

    private MapNode<V> side(MapNode.Stored<V> stored, long from, long to, byte[] hash, int at) {
        return new MapNode.Stored<>(this, from, to, stored.depth() + 1, hash, at);
    }

    private MapNode<V> bunch(MapNode.Stored<V> stored) {
        int length = (int) Math.min(stored.to() - stored.from() - 1, LONGEST_BUNCH);
        ByteBuffer rest = ByteBuffer.wrap(bytes.read(stored.from(), length));
        MapBuilder<V> builder = new MapBuilder<>(form.encoding());
        for (int entries = 0; rest.hasRemaining(); entries++) {
            if (entries == BUNCH || rest.remaining() < HEAD_BYTES) {
                throw damaged(stored, "are no bunch of entries");
            }
            int keyLength = Short.toUnsignedInt(rest.getShort());
            int valueLength = rest.getInt();
            ByteString key = ByteString.of(take(stored, rest, keyLength));
            byte[] value = take(stored, rest, valueLength);
            MapNode.Leaf<V> leaf = leaf(stored, key, value);
            if (!builder.add(leaf)) {
                throw damaged(stored, "hold an entry twice or out of order");
            }
        }
        return builder.findTop(stored.depth()).orElseThrow(() -> damaged(stored, "hold nothing"));
    }

    private byte[] take(MapNode.Stored<V> stored, ByteBuffer rest, int length) {
        if (length < 0 || length > rest.remaining()) {
            throw damaged(stored, "end within an entry");
        }
        byte[] taken = new byte[length];
        rest.get(taken);
        return taken;
    }

    private MapNode.Leaf<V> leaf(MapNode.Stored<V> stored, ByteString key, byte[] value) {
        try {
            V decoded = form.decoding().read(key, value);
            return new MapNode.Leaf<>(key, MapPlace.of(key), decoded);
        } catch (CborException none) {
            throw damaged(stored, "hold no entry: " + none.getMessage());
        }
    }

    private DamagedBytesException damaged(MapNode.Stored<V> stored, String wrong) {
        return new DamagedBytesException(bytes, stored.from(), stored.to(), wrong);
    }
}
