package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The body of a request that sends something for the ledger: CBOR, or JSON that stands for it.
final class SentBody {
    private static final String CBOR = "application/cbor";
    private static final String JSON = "application/json";

    /// How much longer something is in JSON than in CBOR, at most.
    private static final int JSON_FACTOR = 3;

    private final int mostBytes;
    private final CborJson json;

    /// @param mostBytes the most that a body has in CBOR
    SentBody(int mostBytes) {
        this.mostBytes = mostBytes;
        this.json = new CborJson(JSON_FACTOR * mostBytes);
    }

    /// The CBOR that was sent; where it is none that is taken, the answer says so, and nothing is
    /// given back.
    Optional<byte[]> read(ServerRequest request, ServerResponse response) throws IOException {
        String type =
                request.headers().value(HeaderNames.CONTENT_TYPE).map(SentBody::bare).orElse("");
        if (!type.equals(CBOR) && !type.equals(JSON)) {
            Problems.send(request, response, ApiFault.TYPE_NOT_TAKEN);
            return Optional.empty();
        }
        Optional<byte[]> body = body(request, type.equals(CBOR) ? 1 : JSON_FACTOR);
        if (body.isEmpty()) {
            Problems.send(request, response, ApiFault.BODY_TOO_LARGE);
            return Optional.empty();
        }
        if (type.equals(CBOR)) {
            return body;
        }
        try {
            return Optional.of(json.toCbor(body.get()));
        } catch (CborJson.MalformedJson malformed) {
            Problems.send(
                    request,
                    response,
                    ApiFault.JSON_MALFORMED,
                    String.valueOf(malformed.getMessage()));
            return Optional.empty();
        }
    }

    /// The body, or nothing where it is too large: of what says its length nothing is read then.
    private Optional<byte[]> body(ServerRequest request, int factor) throws IOException {
        int most = factor * mostBytes;
        OptionalLong declared = request.headers().contentLength();
        if (declared.isPresent() && declared.getAsLong() > most) {
            return Optional.empty();
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        }
    }

    /// A type without its parameters.
    private static String bare(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
