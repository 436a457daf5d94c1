package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import mitoyen.node.page.ImportDesk.Options;
import mitoyen.node.templates.page.JtefindingsGenerated;

/// The import page's requests: a file, a check, a settlement. What was found comes back as a piece
/// of page.
final class ImportRoutes {
    private final ImportDesk desk;
    private final Shelf shelf;
    private final PageRoutes pages;

    ImportRoutes(ImportDesk desk, Shelf shelf, PageRoutes pages) {
        this.desk = desk;
        this.shelf = shelf;
        this.pages = pages;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.post("/api/import/files", this::add)
                .delete("/api/import/files", this::discard)
                .post("/api/import/check", this::check)
                .post("/api/import/settle", this::settle);
    }

    private void add(ServerRequest request, ServerResponse response) throws IOException {
        Frame frame = pages.frame(request, response);
        String name = Reader.query(request, "name").orElse("");
        Optional<ImportTray.Refusal> refusal;
        try (InputStream content = request.content().inputStream()) {
            refusal = desk.add(name, content);
        }
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        if (refusal.isPresent()) {
            String reason = refusal.get().name().toLowerCase(Locale.ROOT);
            response.status(Status.BAD_REQUEST_400).send(frame.text("import.error." + reason));
        } else {
            response.status(Status.NO_CONTENT_204).send();
        }
    }

    private void discard(ServerRequest request, ServerResponse response) throws IOException {
        desk.discard();
        response.status(Status.NO_CONTENT_204).send();
    }

    private void check(ServerRequest request, ServerResponse response) throws IOException {
        send(request, response, desk.check(options(request)));
    }

    private void settle(ServerRequest request, ServerResponse response) throws IOException {
        Findings findings = desk.settle(options(request));
        if (findings.outcome() == Findings.Outcome.SETTLED) {
            shelf.refresh();
        }
        send(request, response, findings);
    }

    private void send(ServerRequest request, ServerResponse response, Findings findings) {
        Frame frame = pages.frame(request, response);
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .send(Html.render(out -> JtefindingsGenerated.render(out, null, frame, findings)));
    }

    private static Options options(ServerRequest request) {
        return new Options(
                isOn(request, "gapsZero"), isOn(request, "partial"), isOn(request, "correct"));
    }

    private static boolean isOn(ServerRequest request, String name) {
        return Reader.query(request, name).equals(Optional.of("on"));
    }
}
