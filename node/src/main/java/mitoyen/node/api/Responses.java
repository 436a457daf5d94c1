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

    private Responses() {}

    static void json(ServerResponse response, Object value) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(JSON.writeValueAsBytes(value));
    }

    /// A value of the query, if it is there.
    static Optional<String> query(ServerRequest request, String name) {
        return request.query().first(name).asOptional();
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
