package mitoyen.node.input;

import java.util.List;
import mitoyen.node.language.Messages;

/// Words with values in their places, not yet in any language.
///
/// @param term the words
/// @param values what stands in their places: text, numbers, days, or a [Term]
public record Phrase(Term term, List<Object> values) {
    public Phrase {
        values = List.copyOf(values);
    }

    /// Words with these values.
    public Phrase(Term term, Object... values) {
        this(term, List.of(values));
    }

    /// The phrase in a language.
    public String in(Messages words) {
        return fill(words, term.key(), values);
    }

    /// The sentence with a key, in which a term among the values is put into the same language.
    static String fill(Messages words, String key, List<Object> values) {
        return words.text(
                key,
                values.stream()
                        .map(value -> value instanceof Term term ? words.text(term.key()) : value)
                        .toArray());
    }
}
