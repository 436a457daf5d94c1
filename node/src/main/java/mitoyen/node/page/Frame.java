package mitoyen.node.page;

import java.util.Optional;
import mitoyen.node.language.Figures;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;

/// What surrounds every page: its language, its place and what must be said before anything else.
///
/// @param words the sentences of the reader's language
/// @param figures its numbers and dates
/// @param path the page's own path, for the language switch
/// @param query the page's own query without the language, or nothing
/// @param community the community's id
/// @param simulated whether nothing here is real
public record Frame(
        Messages words,
        Figures figures,
        String path,
        String query,
        String community,
        boolean simulated) {
    /// The frame of a page in a language.
    public static Frame of(
            Language language, String path, String query, String community, boolean simulated) {
        Messages words = Messages.in(language);
        return new Frame(words, new Figures(words), path, query, community, simulated);
    }

    /// A sentence.
    public String text(String key, Object... values) {
        return words.text(key, values);
    }

    /// The code of the language.
    public String code() {
        return words.language().code();
    }

    /// The address of this page in another language.
    public String in(Language language) {
        String rest = query.isEmpty() ? "" : query + "&";
        return path + "?" + rest + "lang=" + language.code();
    }

    /// How the navigation marks a link: `page` if this is the page or one below it.
    public Optional<String> current(String target) {
        boolean here = target.equals("/") ? path.equals("/") : path.startsWith(target);
        return here ? Optional.of("page") : Optional.empty();
    }
}
