package mitoyen.node.yaml;

import java.util.List;
import java.util.SequencedMap;

/// A YAML document reduced to what our files may hold, each part with its line.
public sealed interface Yaml {
    /// The line on which it begins, from 1.
    int line();

    /// A scalar of whatever style, as text: `007` stays `007`.
    record Text(int line, String value) implements Yaml {}

    /// A sequence.
    record Items(int line, List<Yaml> items) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// A mapping with distinct keys, in their order.
    record Entries(int line, SequencedMap<String, Entry> entries) implements Yaml {}

    /// The value of a key, and the line of the key.
    record Entry(int line, Yaml value) {}
}
