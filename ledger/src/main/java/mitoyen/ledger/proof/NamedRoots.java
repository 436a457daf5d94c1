package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import mitoyen.ledger.cbor.ByteString;
import org.jspecify.annotations.Nullable;

/// The [MerkleMap] of roots under names that are known beforehand: their places are worked out
/// once, not for each map.
///
/// @param <N> the names, which are the keys as they print
public final class NamedRoots<N extends Enum<N>> {
    private final List<Named<N>> names;

    /// @param names the type of the names
    public NamedRoots(Class<N> names) {
        List<Named<N>> all = new ArrayList<>();
        for (N name : names.getEnumConstants()) {
            ByteString key = ByteString.utf8(name.toString());
            all.add(new Named<>(name, key, MapPlace.of(key)));
        }
        all.sort(Comparator.comparing(Named::place));
        this.names = Collections.unmodifiableList(all);
    }

    /// The map with the root of each name that has one; what is empty is not in it (LE-56).
    public MerkleMap<Digest> map(Map<N, Digest> roots) {
        List<MapChange<Digest>> entries = new ArrayList<>(names.size());
        for (Named<N> each : names) {
            @Nullable Digest root = roots.get(each.name);
            if (root != null && !root.equals(MerkleMap.EMPTY_ROOT)) {
                entries.add(
                        new MapChange<>(
                                each.place, new MapNode.Leaf<>(each.key, each.place, root)));
            }
        }
        return MerkleMap.empty(Digest::toBytes).with(entries);
    }

    private record Named<N>(N name, ByteString key, MapPlace place) {}
}
