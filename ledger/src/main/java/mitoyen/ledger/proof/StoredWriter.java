package mitoyen.ledger.proof;

import java.nio.ByteBuffer;
import java.util.function.Function;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// Writes the nodes of a map down (LE-194), each subtree as bytes of its own that hold nothing of
/// where they lie: so a stored one is copied as it is.
///
/// @param <V> what the entries hold
final class StoredWriter<V> {
    private static final int MANY = StoredNodes.BUNCH + 1;

    private final Function<V, byte[]> encoding;
    private final StoredSink sink;

    StoredWriter(Function<V, byte[]> encoding, StoredSink sink) {
        this.encoding = encoding;
        this.sink = sink;
    }

    /// Writes a subtree whose nodes are hashed.
    ///
    /// @return how many bytes that were
    long write(MapNode<V> node) {
        return switch (node) {
            case MapNode.Stored<V> stored -> {
                sink.copy(stored.source().bytes(), stored.from(), stored.to());
                yield stored.to() - stored.from();
            }
            case MapNode.Leaf<V> leaf -> writeBunch(leaf);
            case MapNode.Branch<V> branch when count(branch) <= StoredNodes.BUNCH ->
                    writeBunch(branch);
            case MapNode.Branch<V> branch -> writeBranch(branch);
        };
    }

    private long writeBranch(MapNode.Branch<V> branch) {
        MapNode<V> left = branch.left;
        MapNode<V> right = branch.right;
        long leftLength = left == null ? 0 : write(left);
        long rightLength = right == null ? 0 : write(right);
        int sides =
                (left == null ? 0 : StoredNodes.HAS_LEFT)
                        | (right == null ? 0 : StoredNodes.HAS_RIGHT);
        boolean both = left != null && right != null;
        int length = both ? StoredNodes.BRANCH_BYTES : StoredNodes.LONE_BRANCH_BYTES;
        byte[] record = new byte[length];
        if (left != null) {
            branch.writeHash(false, record, 0);
        }
        if (right != null) {
            branch.writeHash(true, record, left == null ? 0 : Digest.LENGTH);
        }
        if (both) {
            ByteBuffer.wrap(record).putLong(2 * Digest.LENGTH, rightLength);
        }
        record[length - 1] = (byte) sides;
        sink.write(record);
        return Math.addExact(Math.addExact(leftLength, rightLength), length);
    }

    private long writeBunch(MapNode<V> node) {
        long length = writeEntries(node);
        sink.write(new byte[] {StoredNodes.IS_BUNCH});
        return length + 1;
    }

    private long writeEntries(@Nullable MapNode<V> node) {
        return switch (node) {
            case null -> 0;
            case MapNode.Branch<V> branch -> writeEntries(branch.left) + writeEntries(branch.right);
            case MapNode.Stored<V> stored -> writeEntries(stored.read());
            case MapNode.Leaf<V> leaf -> writeEntry(leaf.key, encoding.apply(leaf.value));
        };
    }

    private long writeEntry(ByteString key, byte[] value) {
        byte[] entry = new byte[StoredNodes.HEAD_BYTES + key.length() + value.length];
        ByteBuffer.wrap(entry).putShort((short) key.length()).putInt(value.length);
        key.copyTo(entry, StoredNodes.HEAD_BYTES);
        System.arraycopy(value, 0, entry, StoredNodes.HEAD_BYTES + key.length(), value.length);
        sink.write(entry);
        return entry.length;
    }

    /// How many entries a subtree has, or any number above a bunch's.
    private static <V> int count(@Nullable MapNode<V> node) {
        return switch (node) {
            case null -> 0;
            case MapNode.Leaf<V> _ -> 1;
            case MapNode.Branch<V> branch -> {
                int left = count(branch.left);
                yield left > StoredNodes.BUNCH ? left : left + count(branch.right);
            }
            case MapNode.Stored<V> stored -> countStored(stored.read());
        };
    }

    /// What was no bunch when it was written has more entries than one.
    private static <V> int countStored(MapNode<V> node) {
        boolean isBranch =
                node instanceof MapNode.Branch<V> branch
                        && (branch.left instanceof MapNode.Stored<V>
                                || branch.right instanceof MapNode.Stored<V>);
        return isBranch ? MANY : count(node);
    }
}
