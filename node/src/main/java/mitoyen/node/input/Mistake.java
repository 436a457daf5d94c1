package mitoyen.node.input;

import java.util.List;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;

/// One thing that is wrong with what someone gave us. The command line says it in English, the
/// import page in its reader's language.
///
/// @param file the file as the user named it
/// @param line the line in it, from 1; 0 where the mistake has no line of its own
/// @param fault what is wrong
/// @param values what stands in the places of its words: text, numbers, days, or a [Term]
public record Mistake(String file, int line, Fault fault, List<Object> values) {
    private static final Messages ENGLISH = Messages.in(Language.EN);

    public Mistake {
        values = List.copyOf(values);
    }

    /// A mistake with these values.
    public Mistake(String file, int line, Fault fault, Object... values) {
        this(file, line, fault, List.of(values));
    }

    /// What is wrong, in words that follow a colon.
    public String what(Messages words) {
        return Phrase.fill(words, fault.key() + ".what", values);
    }

    /// What to do about it on the import page, in the imperative: where the command line's remedy
    /// is an option, the page's is one of its own boxes.
    public String remedyOnPage(Messages words) {
        String key = fault.key() + ".remedy";
        return Phrase.fill(words, words.has(key + ".page") ? key + ".page" : key, values);
    }

    /// How to mend it, as the command line says it.
    public String remedy(Messages words) {
        return Phrase.fill(words, fault.key() + ".remedy", values);
    }

    /// `file:line: what`, always one line whatever the input held.
    public String finding() {
        String place = line == 0 ? file : file + ":" + line;
        return oneLine(place + ": " + what(ENGLISH));
    }

    /// `file:line: what; remedy`, always one line: what the command line says.
    @Override
    public String toString() {
        return finding() + "; " + oneLine(remedy(ENGLISH));
    }

    private static String oneLine(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '\uFFFD' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
