package mitoyen.simulator.architecture.bad;

import java.util.HashMap;
import java.util.SortedMap;
import java.util.TreeMap;

final class HashOrder {
    private HashOrder() {}

    static SortedMap<String, String> sorted() {
        return new TreeMap<>(new HashMap<String, String>());
    }
}
