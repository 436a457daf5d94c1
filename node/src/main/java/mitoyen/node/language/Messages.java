package mitoyen.node.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;

/// The sentences of a language, by key: those of pages and statements, of mistakes, of the API's
/// problems, of proofs, and of what the ledger answers.
///
/// Every key stands in every language's file; a test holds that, so a missing one is a programmer's
/// error.
public final class Messages {
    private static final List<String> PARTS =
            List.of("messages", "eyes", "mistakes", "problems", "proofs", "rejections");
    private static final Map<Language, Messages> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Messages(language, load(language)));
        }
    }

    private final Language language;
    private final Properties sentences;

    private Messages(Language language, Properties sentences) {
        this.language = language;
        this.sentences = sentences;
    }

    /// The sentences of a language.
    public static Messages in(Language language) {
        Messages messages = ALL.get(language);
        if (messages == null) {
            throw new IllegalStateException("no messages in " + language);
        }
        return messages;
    }

    /// The language they are in.
    public Language language() {
        return language;
    }

    /// The sentence with a key; `{0}`, `{1}` and so on replaced by what is given.
    ///
    /// @throws IllegalArgumentException if there is none
    public String text(String key, Object... values) {
        String sentence = sentences.getProperty(key);
        if (sentence == null) {
            throw new IllegalArgumentException("no sentence " + key + " in " + language.code());
        }
        return fill(sentence, values);
    }

    /// The sentence for so many: `key.one` or `key.many`, in which `{0}` is the number. In French
    /// nothing is singular, in English plural.
    public String count(String key, long number) {
        boolean singular = number == 1 || (number == 0 && language == Language.FR);
        return text(key + (singular ? ".one" : ".many"), new Figures(this).whole(number));
    }

    /// Whether there is a sentence with a key.
    public boolean has(String key) {
        return sentences.containsKey(key);
    }

    /// All keys of this language.
    public SortedSet<String> keys() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(sentences.stringPropertyNames()));
    }

    /// One pass from left to right, so that a value that looks like a place is not filled again.
    private static String fill(String sentence, Object[] values) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < sentence.length()) {
            int index = placeAt(sentence, at);
            if (index >= 0 && index < values.length) {
                text.append(values[index]);
                at += 3;
            } else {
                text.append(sentence.charAt(at));
                at++;
            }
        }
        return text.toString();
    }

    private static int placeAt(String sentence, int at) {
        boolean place =
                at + 2 < sentence.length()
                        && sentence.charAt(at) == '{'
                        && sentence.charAt(at + 2) == '}';
        return place ? Character.digit(sentence.charAt(at + 1), 10) : -1;
    }

    private static Properties load(Language language) {
        Properties sentences = new Properties();
        for (String part : PARTS) {
            load(part + "_" + language.code() + ".properties", sentences);
        }
        return sentences;
    }

    private static void load(String name, Properties sentences) {
        try (InputStream in = Messages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            sentences.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
