package mitoyen.node.page;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The web server of the page, on the loopback interface alone.
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PageServer.class.getName());

    /// Kept, so that the level set on it is not lost with it: its greeting is none of ours.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private static final Duration GRACE = Duration.ofMillis(500);

    private final WebServer server;
    private final Optional<LiveFeed> live;

    private PageServer(WebServer server, Optional<LiveFeed> live) {
        this.server = server;
        this.live = live;
    }

    /// Starts serving.
    ///
    /// @param port the port, or 0 for any free one
    static PageServer start(PageRoutes pages, Optional<LiveFeed> live, int port) {
        HELIDON.setLevel(Level.WARNING);
        Assets assets = new Assets();
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(new Guard()).get("/assets/{name}", assets::send);
        pages.addTo(routing);
        live.ifPresent(feed -> new LiveRoutes(feed, pages).addTo(routing));
        routing.any(pages::notFound)
                .error(
                        Exception.class,
                        (request, response, failure) -> explain(pages, request, response, failure));
        WebServer server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .shutdownGracePeriod(GRACE)
                        .shutdownHook(false)
                        .addRouting(routing)
                        .build()
                        .start();
        return new PageServer(server, live);
    }

    /// Where the page is.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    /// Ends the live feed and the server; requests under way have half a second.
    @Override
    public void close() {
        live.ifPresent(LiveFeed::close);
        server.stop();
    }

    /// Says that something failed. What it was goes to the log by its class and place alone: its
    /// message may hold a name or a reading.
    private static void explain(
            PageRoutes pages, ServerRequest request, ServerResponse response, Exception failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        LOG.log(
                Level.WARNING,
                "{0} at {1}",
                new Object[] {failure.getClass().getName(), trace.length == 0 ? "?" : trace[0]});
        pages.message(request, response, Status.INTERNAL_SERVER_ERROR_500, "page.failed");
    }
}
