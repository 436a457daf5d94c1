package mitoyen.simulator.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Remembers what entries were before they changed, so that a transaction whose later step is
/// refused leaves nothing behind (LE-90).
final class Undo {
    private final List<Runnable> changes = new ArrayList<>();

    <K, V> void put(SortedMap<K, V> map, K key, V value) {
        remember(map, key, map.put(key, value));
    }

    <K, V> void remove(SortedMap<K, V> map, K key) {
        remember(map, key, map.remove(key));
    }

    /// What changed since stays.
    void keep() {
        changes.clear();
    }

    /// What changed since is as it was.
    void takeBack() {
        changes.reversed().forEach(Runnable::run);
        changes.clear();
    }

    private <K, V> void remember(SortedMap<K, V> map, K key, @Nullable V before) {
        changes.add(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }
}
