package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightBlockCodec;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.node.cometbft.LightBlocks;

/// Light blocks for whoever trusts no node (`docs/spec/light.md`): by the ledger's heights, and by
/// the engine's. A node that orders alone has none.
final class LightRoutes {
    private static final Logger LOG = Logger.getLogger(LightRoutes.class.getName());

    private final Optional<LightBlocks> blocks;

    /// @param blocks of the engine; empty where the node orders alone
    LightRoutes(Optional<LightBlocks> blocks) {
        this.blocks = blocks;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.LIGHT_LATEST, this::latest)
                .get(ApiPaths.LIGHT_OF_HEIGHT, this::covering)
                .get(ApiPaths.LIGHT_OF_HEADER, this::header);
    }

    private void latest(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        send(request, response, LightBlocks::findLatest);
    }

    private void covering(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        sendOfHeight(request, response, LightBlocks::findCovering);
    }

    private void header(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        sendOfHeight(request, response, LightBlocks::find);
    }

    private void sendOfHeight(ServerRequest request, ServerResponse response, OfHeight source)
            throws InterruptedException {
        String text = request.path().pathParameters().get("height");
        OptionalLong height = Responses.number(text, LightBlockCodec.MAX_HEIGHT);
        if (height.isEmpty()) {
            Problems.send(request, response, ApiFault.PARAMETER_MALFORMED, "height: 0 or more");
        } else {
            send(request, response, of -> source.find(of, height.getAsLong()));
        }
    }

    private void send(ServerRequest request, ServerResponse response, Source source)
            throws InterruptedException {
        Optional<LightBlock> found;
        try {
            found = blocks.isEmpty() ? Optional.empty() : source.find(blocks.get());
        } catch (IOException silent) {
            LOG.log(Level.WARNING, "CometBFT gives no light block: {0}", silent.toString());
            Problems.send(request, response, ApiFault.ENGINE_SILENT);
            return;
        }
        if (found.isEmpty()) {
            Problems.send(request, response, ApiFault.NO_LIGHT_BLOCK);
            return;
        }
        byte[] bytes = LightBlockCodec.encode(found.get());
        if (Responses.wantsCbor(request)) {
            response.header(HeaderNames.CONTENT_TYPE, "application/cbor").send(bytes);
        } else {
            Responses.json(response, json(found.get(), bytes));
        }
    }

    private static SequencedMap<String, Object> json(LightBlock block, byte[] bytes) {
        LogRoot anchor = block.header().anchor();
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("light", ByteString.of(bytes).toString());
        members.put("engineHeight", block.header().height());
        members.put("hash", block.header().hash().toString());
        members.put("timeMillis", block.header().time().millis());
        members.put("height", anchor.size());
        members.put("root", anchor.root().toString());
        return members;
    }

    /// Where a light block comes from.
    @FunctionalInterface
    private interface Source {
        Optional<LightBlock> find(LightBlocks blocks) throws IOException, InterruptedException;
    }

    /// The same of a height.
    @FunctionalInterface
    private interface OfHeight {
        Optional<LightBlock> find(LightBlocks blocks, long height)
                throws IOException, InterruptedException;
    }
}
