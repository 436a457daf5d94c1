package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// The body of a request that sends something for the ledger: CBOR, or JSON that stands for it.
final class SentBody {
    private static final String CBOR = "application/cbor";
    private static final String JSON = "application/json";

    /// How much longer something is in JSON than in CBOR, at most.
    private static final int JSON_FACTOR = 3;

    /// How much of a body is read at once [bytes].
    private static final int PIECE_BYTES = 1 << 14;

    private final int mostBytes;
    private final ArrivalRoom room;
    private final CborJson json;

    /// JSON becomes a tree that is many times as large: one at a time.
    private final ReentrantLock converting = new ReentrantLock(true);

    /// @param mostBytes the most that a body has in CBOR
    /// @param roomBytes the most that all bodies take while they arrive; one has room in any case
    SentBody(int mostBytes, int roomBytes) {
        this.mostBytes = mostBytes;
        this.room = new ArrivalRoom(Math.max(roomBytes, JSON_FACTOR * mostBytes + 1));
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
        int most = (type.equals(CBOR) ? 1 : JSON_FACTOR) * mostBytes;
        try (ArrivalRoom.Share share = room.share()) {
            Optional<byte[]> body = body(request, response, most, share);
            return body.isEmpty() || type.equals(CBOR)
                    ? body
                    : toCbor(request, response, body.get());
        }
    }

    private Optional<byte[]> toCbor(ServerRequest request, ServerResponse response, byte[] text) {
        converting.lock();
        try {
            return Optional.of(json.toCbor(text));
        } catch (CborJson.MalformedJson malformed) {
            Problems.send(
                    request,
                    response,
                    ApiFault.JSON_MALFORMED,
                    String.valueOf(malformed.getMessage()));
            return Optional.empty();
        } finally {
            converting.unlock();
        }
    }

    /// The body, or nothing where it is too large or has no room beside others: of what says that
    /// it is too large nothing is read.
    private static Optional<byte[]> body(
            ServerRequest request, ServerResponse response, int most, ArrivalRoom.Share share)
            throws IOException {
        OptionalLong declared = request.headers().contentLength();
        if (declared.isPresent() && declared.getAsLong() > most) {
            return refused(request, response, ApiFault.BODY_TOO_LARGE);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (InputStream in = request.content().inputStream()) {
            while (body.size() <= most) {
                int next = Math.min(PIECE_BYTES, most + 1 - body.size());
                if (!share.take(next)) {
                    return refused(request, response, ApiFault.NODE_BUSY);
                }
                byte[] piece = in.readNBytes(next);
                body.writeBytes(piece);
                if (piece.length < next) {
                    return Optional.of(body.toByteArray());
                }
            }
        }
        return refused(request, response, ApiFault.BODY_TOO_LARGE);
    }

    private static Optional<byte[]> refused(
            ServerRequest request, ServerResponse response, ApiFault fault) {
        Problems.send(request, response, fault);
        return Optional.empty();
    }

    /// A type without its parameters.
    private static String bare(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
