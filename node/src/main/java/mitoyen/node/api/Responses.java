package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/// How answers are written, and numbers in requests read.
final class Responses {
    private static final JsonMapper JSON = new JsonMapper();

    /// The most rows of a list.
    static final int MOST_ROWS = 1_000;

    private static final int STANDARD_ROWS = 100;

    private Responses() {}

    static void json(ServerResponse response, Object value) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(JSON.writeValueAsBytes(value));
    }

    /// A value of the query, if it is there.
    static Optional<String> query(ServerRequest request, String name) {
        return request.query().first(name).asOptional();
    }

    /// How many rows are asked for.
    ///
    /// @return empty where that is no number from 1 to [#MOST_ROWS]
    static OptionalLong limit(ServerRequest request) {
        String text = query(request, "limit").orElse(Integer.toString(STANDARD_ROWS));
        OptionalLong limit = number(text, MOST_ROWS);
        return limit.isPresent() && limit.getAsLong() == 0 ? OptionalLong.empty() : limit;
    }

    /// Whether the answer is wanted in CBOR.
    static boolean wantsCbor(ServerRequest request) {
        return request.headers()
                .value(HeaderNames.ACCEPT)
                .map(accepted -> accepted.contains("application/cbor"))
                .orElse(false);
    }

    /// The whole number that a text says.
    ///
    /// @return empty where it is none from 0 to the limit
    static OptionalLong number(String text, long most) {
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) > most) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
