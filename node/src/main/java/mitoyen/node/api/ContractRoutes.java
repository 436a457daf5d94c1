package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/// The contract of the API, and a page to read it and try it on. Everything comes from the program
/// itself.
final class ContractRoutes {
    private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, Source> SOURCES =
            new TreeMap<>(
                    Map.of(
                            ApiPaths.CONTRACT,
                            new Source("openapi.yaml", "application/yaml; charset=utf-8"),
                            ApiPaths.PAGE,
                            new Source("api.html", "text/html; charset=utf-8"),
                            ApiPaths.PAGE + "/api.js",
                            new Source("api.js", SCRIPT),
                            ApiPaths.PAGE + "/swagger-ui.js",
                            new Source(SWAGGER + "swagger-ui-bundle.js", SCRIPT),
                            ApiPaths.PAGE + "/swagger-ui.css",
                            new Source(SWAGGER + "swagger-ui.css", "text/css; charset=utf-8")));

    void addTo(HttpRouting.Builder routing) {
        SOURCES.forEach(
                (path, source) -> routing.get(path, (_, response) -> send(response, source)));
    }

    private static void send(ServerResponse response, Source source) {
        response.header(HeaderNames.CONTENT_TYPE, source.type()).send(read(source.name()));
    }

    private static byte[] read(String name) {
        try (InputStream in = ContractRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// A file of the program.
    private record Source(String name, String type) {}
}
