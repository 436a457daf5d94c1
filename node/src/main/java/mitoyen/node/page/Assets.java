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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files that pages refer to: read once from the program, named one by one.
final class Assets {
    private static final List<String> NAMES =
            List.of(
                    "page.css",
                    "page.js",
                    "live.js",
                    "check.js",
                    "proof.js",
                    "elements.js",
                    "cbor.js",
                    "fields.js",
                    "proofs.js",
                    "sha256.js",
                    "verify.js",
                    "enginebytes.js",
                    "light.js",
                    "lightblocks.js",
                    "accountid.js",
                    "amounts.js",
                    "eyes.js",
                    "follow.js",
                    "nodeapi.js",
                    "trust.js",
                    "import.js",
                    "mark.svg");

    private final SortedMap<String, Asset> assets = new TreeMap<>();

    Assets() {
        NAMES.forEach(name -> assets.put(name, Asset.load(name)));
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
        static Asset load(String name) {
            try (InputStream in = Assets.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the program lacks " + name);
                }
                byte[] bytes = in.readAllBytes();
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                String tag = "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
                return new Asset(typeOf(name), tag, new Content(bytes));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }

        private static String typeOf(String name) {
            return switch (name.substring(name.lastIndexOf('.'))) {
                case ".css" -> "text/css; charset=utf-8";
                case ".js" -> "text/javascript; charset=utf-8";
                case ".svg" -> "image/svg+xml";
                default -> throw new IllegalStateException("of what type is " + name);
            };
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
