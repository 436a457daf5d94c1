package mitoyen.node.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The languages of pages and statements.
public enum Language {
    /// English.
    EN("en", "English"),
    /// French.
    FR("fr", "Français");

    private static final Set<String> ZONES_OF_FRANCE =
            Set.of(
                    "Europe/Paris",
                    "America/Cayenne",
                    "America/Guadeloupe",
                    "America/Marigot",
                    "America/Martinique",
                    "America/Miquelon",
                    "America/St_Barthelemy",
                    "Indian/Mayotte",
                    "Indian/Reunion",
                    "Pacific/Gambier",
                    "Pacific/Marquesas",
                    "Pacific/Noumea",
                    "Pacific/Tahiti",
                    "Pacific/Wallis");

    private static final Set<String> LOCALES_OF_NONE = Set.of("C", "POSIX");

    private final String code;
    private final String title;

    Language(String code, String title) {
        this.code = code;
        this.title = title;
    }

    /// The ISO 639-1 code, as in the `lang` of a page.
    public String code() {
        return code;
    }

    /// The language's name in itself.
    public String title() {
        return title;
    }

    /// The language with a code, if it is one of ours.
    public static Optional<Language> findByCode(String code) {
        return Arrays.stream(values()).filter(language -> language.code.equals(code)).findFirst();
    }

    /// The language of a community's statements: French where the clocks are those of France or of
    /// its lands overseas, English elsewhere.
    ///
    /// @param zone the community's IANA zone
    public static Language ofZone(String zone) {
        return ZONES_OF_FRANCE.contains(zone) ? FR : EN;
    }

    /// The language that a process is to speak: that of the first of `LC_ALL`, `LC_MESSAGES` and
    /// `LANG` which names one; English if none names one of ours.
    ///
    /// The locale `C` names no language: our launcher sets it for the sake of file names alone.
    public static Language ofEnvironment(Map<String, String> environment) {
        return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, "").split("[_.@]", 2)[0])
                .filter(language -> !language.isEmpty() && !LOCALES_OF_NONE.contains(language))
                .findFirst()
                .flatMap(Language::findByCode)
                .orElse(EN);
    }

    /// The first language of a browser's `Accept-Language` that is one of ours; English if none is.
    ///
    /// Browsers list what they prefer first; the weights of RFC 9110 only repeat that order.
    public static Language preferred(String acceptLanguage) {
        return Arrays.stream(acceptLanguage.split(","))
                .map(range -> range.strip().split("[-;]", 2)[0].toLowerCase(Locale.ROOT))
                .flatMap(code -> findByCode(code).stream())
                .findFirst()
                .orElse(EN);
    }
}
