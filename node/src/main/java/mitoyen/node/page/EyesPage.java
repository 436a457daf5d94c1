package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import mitoyen.node.templates.page.JteeyesGenerated;

/// The page on which a browser checks a shared ledger by itself: it follows what the validators
/// signed from a header that its reader trusts, and asks this node for proofs only.
public final class EyesPage {
    /// Where it is.
    public static final String PATH = "/check";

    private final Assets assets = new Assets();
    private final String ledger;

    /// @param ledger what the ledger is called
    public EyesPage(String ledger) {
        this.ledger = ledger;
    }

    /// Adds the page and what it loads.
    public void addTo(HttpRouting.Builder routing) {
        routing.get(PATH, this::show).get("/assets/{name}", assets::send);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Frame frame = Reader.frame(request, response, ledger, false);
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .send(
                        Html.render(out ->
                                JteeyesGenerated.render(
                                        out, null, frame, ScriptWords.of(frame, "eyes.js."))));
    }
}
