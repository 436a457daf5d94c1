package mitoyen.node.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;

/// A mapping of a YAML file, read key by key: what is wrong is noted and reading goes on.
///
/// An empty answer means either that an optional key is absent or that a mistake was noted.
public final class Section {
    /// How the text of a scalar becomes a value.
    public interface Reading<T> {
        /// The value.
        ///
        /// @throws Refused if the text does not read as one
        T read(String text) throws Refused;
    }

    private final String file;
    private final MistakeLog mistakes;
    private final Object name;
    private final Yaml.Entries entries;

    private Section(String file, MistakeLog mistakes, Object name, Yaml.Entries entries) {
        this.file = file;
        this.mistakes = mistakes;
        this.name = name;
        this.entries = entries;
    }

    /// A mapping with these keys at most, or nothing where the value is not a mapping.
    ///
    /// @param name what the mapping is called in mistakes: a term, or its key
    /// @param keys the keys that may stand in it; none: any key
    public static Optional<Section> of(
            String file, MistakeLog mistakes, Object name, Yaml value, Set<String> keys) {
        if (!(value instanceof Yaml.Entries entries)) {
            mistakes.add(file, value.line(), Fault.NOT_A_MAPPING, name);
            return Optional.empty();
        }
        entries.entries()
                .forEach((key, entry) -> {
                    if (!keys.isEmpty() && !keys.contains(key)) {
                        mistakes.add(
                                file,
                                entry.line(),
                                Fault.UNKNOWN_KEY,
                                key,
                                name,
                                String.join(", ", keys));
                    }
                });
        return Optional.of(new Section(file, mistakes, name, entries));
    }

    /// The line on which the mapping begins.
    public int line() {
        return entries.line();
    }

    /// The line of a key, or of the mapping where the key is absent.
    public int lineOf(String key) {
        Yaml.Entry entry = entries.entries().get(key);
        return entry == null ? line() : entry.line();
    }

    /// The keys in their order.
    public List<String> keys() {
        return List.copyOf(entries.entries().keySet());
    }

    /// Whether the key is there, right or wrong.
    public boolean has(String key) {
        return entries.entries().containsKey(key);
    }

    /// Notes a mistake on the line of a key.
    public void refuse(String key, Fault fault, Object... values) {
        mistakes.add(file, lineOf(key), fault, values);
    }

    /// The value of a key that must be there.
    public <T> Optional<T> required(String key, Reading<T> reading) {
        return value(key).flatMap(_ -> optional(key, reading));
    }

    /// The value of a key that may be absent.
    public <T> Optional<T> optional(String key, Reading<T> reading) {
        Yaml.Entry entry = entries.entries().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof Yaml.Text text)) {
            refuse(key, Fault.NOT_SINGLE, key);
            return Optional.empty();
        }
        try {
            return Optional.of(reading.read(text.value()));
        } catch (Refused refused) {
            mistakes.add(refused.at(file, text.line(), key));
            return Optional.empty();
        }
    }

    /// The items of a list that must be there and hold something.
    public List<Yaml> items(String key) {
        Optional<Yaml> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Yaml.Items list && !list.items().isEmpty()) {
            return list.items();
        }
        refuse(key, Fault.NOT_A_LIST, key);
        return List.of();
    }

    /// A mapping that must be there.
    public Optional<Section> section(String key, Set<String> keys) {
        return value(key).flatMap(value -> of(file, mistakes, key, value, keys));
    }

    /// The value of a key that must be there, right or wrong.
    private Optional<Yaml> value(String key) {
        Yaml.Entry entry = entries.entries().get(key);
        if (entry == null) {
            mistakes.add(file, line(), Fault.MISSING_KEY, name, key);
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }
}
