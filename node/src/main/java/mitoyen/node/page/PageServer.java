package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.disk.Disk;

/// The web server of a folder's page, on the loopback interface alone.
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PageServer.class.getName());

    /// Kept, so that the level set on it is not lost with it. What fails is told here, once.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private static final Duration GRACE = Duration.ofMillis(500);
    private static final int LAST_PORT = 65_535;
    private static final long LARGEST_FILE_BYTES = 2L << 30;

    private final Shelf shelf;
    private final ImportDesk desk;
    private final Optional<LiveFeed> live;
    private final WebServer server;

    private PageServer(Path folder, Disk disk, Optional<LiveFeed> live, int port)
            throws IOException {
        HELIDON.setLevel(Level.OFF);
        requireFree(port);
        this.live = live;
        this.shelf = new Shelf(folder, disk);
        this.desk = new ImportDesk(folder, disk);
        this.server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(port)
                        .maxPayloadSize(LARGEST_FILE_BYTES)
                        .shutdownGracePeriod(GRACE)
                        .shutdownHook(false)
                        .addRouting(routing(folder))
                        .build()
                        .start();
        if (!server.isRunning()) {
            close();
            requireFree(port);
            throw notToBeHad(port, "another program was faster");
        }
    }

    /// Serves a folder, which may hold no ledger yet, and imports into it.
    ///
    /// @param port the port, or 0 for any free one
    /// @throws IOException if it is a file, its ledger does not hold or the port is not to be had;
    ///   the message says so
    public static PageServer serve(Path folder, Disk disk, int port) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(
                    folder + ": is not a folder; name the one that settle wrote to, or a new one");
        }
        return new PageServer(folder, disk, Optional.empty(), port);
    }

    /// Serves the folder of a simulated neighbourhood with what happens in it now: the page says
    /// that it is simulated, and imports nothing.
    ///
    /// @param feed closed with this server
    /// @param port the port, or 0 for any free one
    /// @throws IOException if its ledger does not hold or the port is not to be had; the message
    ///   says so
    public static PageServer simulate(Path folder, Disk disk, LiveFeed feed, int port)
            throws IOException {
        return new PageServer(folder, disk, Optional.of(feed), port);
    }

    /// Looks whether a page could be served at a port, without keeping it.
    ///
    /// @throws IOException if there is no such port or it is not to be had, such as since another
    ///   program has it or the system lets only others have it; the message says so
    public static void requireFree(int port) throws IOException {
        if (port < 0 || port > LAST_PORT) {
            throw new IOException(
                    "port " + port + " does not exist; give 1 to " + LAST_PORT + ", or 0 for any");
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (BindException refused) {
            throw notToBeHad(port, String.valueOf(refused.getMessage()));
        }
    }

    /// Where the page is.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    /// Reads the folder again, after someone else has settled more in it.
    ///
    /// @throws IOException if its ledger does not hold; the page stays as it was
    public void refresh() throws IOException {
        shelf.refresh();
    }

    /// Ends the live feed and the server; requests under way have half a second.
    @Override
    public void close() throws IOException {
        live.ifPresent(LiveFeed::close);
        server.stop();
        desk.close();
        shelf.close();
    }

    private static IOException notToBeHad(int port, String why) {
        return new IOException(
                "port %d is not to be had: %s; name another with --port, or 0 for any"
                        .formatted(port, why));
    }

    private HttpRouting.Builder routing(Path folder) {
        Assets assets = new Assets();
        PageRoutes pages = new PageRoutes(shelf::records, live, desk::names);
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter(new Guard()).get("/assets/{name}", assets::send);
        pages.addTo(routing);
        new ApiRoutes(shelf::records).addTo(routing);
        new FolderFiles(folder, pages).addTo(routing);
        live.ifPresentOrElse(
                feed -> new LiveRoutes(feed, pages).addTo(routing),
                () -> new ImportRoutes(desk, shelf, pages).addTo(routing));
        return routing.head(PageServer::withoutBody)
                .any(pages::notFound)
                .error(
                        Throwable.class,
                        (request, response, failure) -> explain(pages, request, response, failure));
    }

    /// Helidon would send the body of whatever GET answers: the next answer on the connection would
    /// be taken to begin with it.
    private static void withoutBody(ServerRequest request, ServerResponse response) {
        response.status(Status.METHOD_NOT_ALLOWED_405).header(HeaderNames.ALLOW, "GET").send();
    }

    /// Says that something failed. What it was goes to the log by its class and place alone: its
    /// message may hold a name or a reading.
    private static void explain(
            PageRoutes pages, ServerRequest request, ServerResponse response, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        LOG.log(
                Level.WARNING,
                "{0} at {1}",
                new Object[] {failure.getClass().getName(), trace.length == 0 ? "?" : trace[0]});
        pages.message(request, response, Status.INTERNAL_SERVER_ERROR_500, "page.failed");
    }
}
