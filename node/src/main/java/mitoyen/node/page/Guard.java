package mitoyen.node.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;
import java.util.Set;

/// What stands before every page: whoever asks must have meant this machine, whoever changes
/// something must come from our own page, and a browser is told what a page may do.
///
/// The page is served on the loopback interface, but any web site that the same person has open can
/// send requests there, and can have its own name resolve to this machine: so the name in `Host` is
/// checked (DNS rebinding), and a request that changes something must say that it comes from here
/// (cross-site request forgery).
final class Guard implements Filter {
    /// What a page may load and do: its own style sheets, modules, pictures and requests.
    static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        addHeaders(response);
        if (!isOurName(request.headers())) {
            response.status(Status.MISDIRECTED_REQUEST_421)
                    .send("This page is served to this machine alone: open http://localhost\n");
        } else if (changes(request) && !comesFromHere(request.headers())) {
            response.status(Status.FORBIDDEN_403)
                    .send("Refused: the request does not come from this page.\n");
        } else {
            chain.proceed();
        }
    }

    private static void addHeaders(RoutingResponse response) {
        response.header(POLICY, PAGE_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header(
                        "Permissions-Policy",
                        "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
                .header(HeaderNames.CACHE_CONTROL, "no-store");
    }

    private static boolean isOurName(ServerRequestHeaders headers) {
        return headers.value(HeaderNames.HOST)
                .map(host -> OWN_NAMES.contains(withoutPort(host)))
                .orElse(false);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean changes(RoutingRequest request) {
        Method method = request.prologue().method();
        return !method.equals(Method.GET) && !method.equals(Method.HEAD);
    }

    private static boolean comesFromHere(ServerRequestHeaders headers) {
        Optional<String> site = headers.value(FETCH_SITE);
        if (site.isPresent()) {
            return site.get().equals("same-origin");
        }
        Optional<String> host = headers.value(HeaderNames.HOST).map(name -> "http://" + name);
        return host.isPresent() && host.equals(headers.value(HeaderNames.ORIGIN));
    }
}
