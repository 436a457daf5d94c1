package mitoyen.node.api;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.node.configuration.NodeConfiguration;

/// The web server of the API, with its limits.
final class ApiServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ApiServer.class.getName());

    /// Kept, so that the level set on it is not lost with it. What fails is told here, once.
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int HEADER_BYTES = 16 << 10;

    /// What the system keeps for a reader that is slow [bytes].
    private static final int SEND_BYTES = 256 << 10;

    private static final int FIRST_LINE_BYTES = 4 << 10;
    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

    /// What the page of the contract may load and do: what the program brings, and pictures that
    /// stand in its style sheet.
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'none'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private final WebServer server;
    private final ArrivalWatch arrivals;

    private ApiServer(WebServer server, ArrivalWatch arrivals) {
        this.server = server;
        this.arrivals = arrivals;
    }

    /// Starts to serve.
    ///
    /// @param payloadBytes the most that a request's body has
    /// @throws IOException if the address or port is not to be had; the message says so
    static ApiServer start(NodeConfiguration configuration, long payloadBytes, List<Routes> routes)
            throws IOException {
        HELIDON.setLevel(Level.OFF);
        Duration patience = Duration.ofSeconds(configuration.limits().requestSeconds());
        ArrivalWatch arrivals = new ArrivalWatch(patience);
        HttpRouting.Builder routing = HttpRouting.builder();
        routing.addFilter((chain, request, response) -> {
            request.streamFilter(arrivals::watch);
            response.header(POLICY, PAGE_POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header(HeaderNames.CACHE_CONTROL, "no-store");
            chain.proceed();
        });
        for (Routes each : routes) {
            each.addTo(routing);
        }
        routing.head(ApiServer::withoutBody)
                .any(ApiServer::notFound)
                .error(Throwable.class, ApiServer::explain);
        WebServer server =
                WebServer.builder()
                        .address(address(configuration))
                        .port(configuration.port())
                        .maxPayloadSize(payloadBytes)
                        .maxTcpConnections(configuration.limits().connections())
                        .idleConnectionTimeout(patience.multipliedBy(2))
                        .idleConnectionPeriod(patience)
                        .connectionOptions(
                                SocketOptions.builder()
                                        .tcpNoDelay(true)
                                        .socketSendBufferSize(SEND_BYTES)
                                        .build())
                        .addProtocol(
                                Http1Config.builder()
                                        .maxHeadersSize(HEADER_BYTES)
                                        .maxPrologueLength(FIRST_LINE_BYTES)
                                        .addReceiveListener(arrivals)
                                        .build())
                        .directHandlers(directHandlers())
                        .shutdownGracePeriod(GRACE)
                        .shutdownHook(false)
                        // With one protocol alone a connection is known, and idle, before it says
                        // anything.
                        .protocolsDiscoverServices(false)
                        .addRouting(routing)
                        .build()
                        .start();
        if (!server.isRunning()) {
            arrivals.close();
            requireFree(configuration);
            throw notToBeHad(configuration, "another program was faster");
        }
        return new ApiServer(server, arrivals);
    }

    /// Makes sure that the address and port are to be had, before anything is made for a node that
    /// nobody could reach.
    ///
    /// @throws IOException if they are not; the message says so
    static void requireFree(NodeConfiguration configuration) throws IOException {
        try (ServerSocket _ = new ServerSocket(configuration.port(), 1, address(configuration))) {
            return;
        } catch (SocketException refused) {
            throw notToBeHad(configuration, String.valueOf(refused.getMessage()));
        }
    }

    private static IOException notToBeHad(NodeConfiguration configuration, String why) {
        return new IOException(
                "%s port %d is not to be had: %s; name another under http: in node.yaml"
                        .formatted(configuration.host(), configuration.port(), why));
    }

    private static InetAddress address(NodeConfiguration configuration) throws IOException {
        try {
            return InetAddress.getByName(configuration.host());
        } catch (UnknownHostException unknown) {
            throw new IOException(
                    configuration.host()
                            + ": no address of this machine; name another under http: in node.yaml",
                    unknown);
        }
    }

    /// Adds some paths to what is served.
    @FunctionalInterface
    interface Routes {
        /// Adds them.
        void addTo(HttpRouting.Builder routing);
    }

    /// Where the API is.
    URI address(String host) {
        return URI.create(
                "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port()));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        arrivals.close();
    }

    /// Helidon would send the body of whatever GET answers, and of a problem: the next answer on
    /// the connection would be taken to begin with it.
    private static void withoutBody(ServerRequest request, ServerResponse response) {
        SortedSet<String> allowed = ApiPaths.methods(request.path().path());
        if (allowed.isEmpty()) {
            response.status(Status.NOT_FOUND_404).send();
        } else {
            response.status(Status.METHOD_NOT_ALLOWED_405)
                    .header(HeaderNames.ALLOW, String.join(", ", allowed))
                    .send();
        }
    }

    /// Nothing at this path, or nothing for this method.
    private static void notFound(ServerRequest request, ServerResponse response) {
        Method method = request.prologue().method();
        String path = request.path().path();
        SortedSet<String> allowed = ApiPaths.methods(path);
        if (allowed.isEmpty() || allowed.contains(method.text())) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
        } else {
            response.header(HeaderNames.ALLOW, String.join(", ", allowed));
            Problems.send(request, response, ApiFault.METHOD_NOT_ALLOWED);
        }
    }

    /// Says that something failed. What it was goes to the log by its class and place alone: its
    /// message may hold what was sent.
    private static void explain(ServerRequest request, ServerResponse response, Throwable failure) {
        if (failure instanceof RequestException bad) {
            Problems.send(request, response, fault(bad.eventType()));
            return;
        }
        StackTraceElement[] trace = failure.getStackTrace();
        LOG.log(
                Level.WARNING,
                "{0} at {1}",
                new Object[] {failure.getClass().getName(), trace.length == 0 ? "?" : trace[0]});
        Problems.send(request, response, ApiFault.FAILED);
    }

    /// What did not come as far as a route is told in the same form.
    private static DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type,
                    (_, event, status, headers, _) ->
                            DirectHandler.TransportResponse.builder()
                                    .status(status)
                                    .headers(headers)
                                    .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                                    .keepAlive(false)
                                    .entity(Problems.body(fault(event), status))
                                    .build());
        }
        return handlers.build();
    }

    private static ApiFault fault(DirectHandler.EventType event) {
        return switch (event) {
            case PAYLOAD_TOO_LARGE -> ApiFault.BODY_TOO_LARGE;
            case BAD_REQUEST, FORBIDDEN, HTTP_VERSION_NOT_SUPPORTED, OTHER ->
                    ApiFault.REQUEST_MALFORMED;
            case INTERNAL_ERROR -> ApiFault.FAILED;
        };
    }
}
