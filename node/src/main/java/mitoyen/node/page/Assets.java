package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files that pages refer to: read once from the program, named one by one.
final class Assets {
    private static final Map<String, String> TYPES =
            Map.of(
                    "page.css", "text/css; charset=utf-8",
                    "page.js", "text/javascript; charset=utf-8",
                    "live.js", "text/javascript; charset=utf-8",
                    "check.js", "text/javascript; charset=utf-8",
                    "proof.js", "text/javascript; charset=utf-8",
                    "cbor.js", "text/javascript; charset=utf-8",
                    "import.js", "text/javascript; charset=utf-8",
                    "mark.svg", "image/svg+xml");

    private final SortedMap<String, Asset> assets = new TreeMap<>();

    Assets() {
        TYPES.forEach((name, type) -> assets.put(name, Asset.load(name, type)));
    }

    /// Answers with the file named in the path; says so if the browser has it already.
    void send(ServerRequest request, ServerResponse response) {
        Asset asset = assets.get(request.path().pathParameters().get("name"));
        if (asset == null) {
            response.status(Status.NOT_FOUND_404).send();
            return;
        }
        response.header(HeaderNames.CACHE_CONTROL, "no-cache")
                .header(HeaderNames.ETAG, asset.tag());
        boolean known =
                request.headers()
                        .value(HeaderNames.IF_NONE_MATCH)
                        .map(asset.tag()::equals)
                        .orElse(false);
        if (known) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else {
            response.header(HeaderNames.CONTENT_TYPE, asset.type()).send(asset.content().bytes());
        }
    }

    private record Asset(String type, String tag, Content content) {
        static Asset load(String name, String type) {
            try (InputStream in = Assets.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the program lacks " + name);
                }
                byte[] bytes = in.readAllBytes();
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                String tag = "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
                return new Asset(type, tag, new Content(bytes));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }
    }

    /// Bytes that nobody changes: a record holds no array.
    private static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
