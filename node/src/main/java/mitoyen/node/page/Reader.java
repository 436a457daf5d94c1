package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import mitoyen.node.language.Language;

/// Whoever asks for a page: the language that he reads, kept in a cookie once he chose one.
final class Reader {
    private static final String LANGUAGE = "lang";

    private Reader() {}

    /// The frame of the page he asks for; keeps his choice if he has just made one.
    static Frame frame(
            ServerRequest request, ServerResponse response, String community, boolean simulated) {
        Optional<Language> chosen = query(request, LANGUAGE).flatMap(Language::findByCode);
        chosen.ifPresent(language -> keep(language, response));
        String rest =
                Arrays.stream(request.query().rawValue().split("&"))
                        .filter(part -> !part.isEmpty() && !part.startsWith(LANGUAGE + "="))
                        .collect(Collectors.joining("&"));
        return Frame.of(
                chosen.orElseGet(() -> language(request)),
                request.path().rawPath(),
                rest,
                community,
                simulated);
    }

    /// The language of his cookie, or else the one that his browser prefers.
    static Language language(ServerRequest request) {
        return cookie(request)
                .or(() ->
                        request.headers()
                                .value(HeaderNames.ACCEPT_LANGUAGE)
                                .map(Language::preferred))
                .orElse(Language.EN);
    }

    /// A value of the query, if it is there.
    static Optional<String> query(ServerRequest request, String name) {
        return request.query().first(name).asOptional();
    }

    private static Optional<Language> cookie(ServerRequest request) {
        return request.headers().values(HeaderNames.COOKIE).stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(LANGUAGE + "="))
                .flatMap(cookie ->
                        Language.findByCode(cookie.substring(LANGUAGE.length() + 1)).stream())
                .findFirst();
    }

    private static void keep(Language language, ServerResponse response) {
        response.headers()
                .add(
                        HeaderNames.SET_COOKIE,
                        LANGUAGE
                                + "="
                                + language.code()
                                + "; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
    }
}
