package mitoyen.node.page;

import gg.jte.html.HtmlTemplateOutput;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mitoyen.node.language.Language;
import mitoyen.node.statement.Statement;
import mitoyen.node.statement.StatementCsv;
import mitoyen.node.statement.StatementHtml;
import mitoyen.node.templates.page.JteblockGenerated;
import mitoyen.node.templates.page.JteblocksGenerated;
import mitoyen.node.templates.page.JtedayGenerated;
import mitoyen.node.templates.page.JteimportingGenerated;
import mitoyen.node.templates.page.JtememberGenerated;
import mitoyen.node.templates.page.JtemembersGenerated;
import mitoyen.node.templates.page.JtemessageGenerated;
import mitoyen.node.templates.page.JtestreetGenerated;

/// The pages: each route reads records and renders one template.
final class PageRoutes {
    private static final int BLOCKS_SHOWN = 30;
    private static final String HTML = "text/html; charset=utf-8";

    private final Supplier<Records> records;
    private final Optional<LiveFeed> live;
    private final Supplier<List<String>> dropped;

    /// @param live what is happening now; only a simulated neighbourhood has it
    /// @param dropped the names of the files that wait on the import page
    PageRoutes(Supplier<Records> records, Optional<LiveFeed> live, Supplier<List<String>> dropped) {
        this.records = records;
        this.live = live;
        this.dropped = dropped;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get("/", this::street)
                .get("/members", this::members)
                .get("/members/{id}", this::member)
                .get("/days/{date}", this::day)
                .get("/blocks", this::blocks)
                .get("/blocks/{height}", this::block)
                .get("/statements/{member}/{period}", this::statement)
                .get("/import", this::importing);
    }

    /// The frame of the page that was asked for.
    Frame frame(ServerRequest request, ServerResponse response) {
        return Reader.frame(
                request, response, records.get().street().community(), live.isPresent());
    }

    /// What is happening now, in a reader's words.
    Optional<LiveView> liveView(Frame frame) {
        return live.map(LiveFeed::now)
                .flatMap(view -> LiveView.of(frame, records.get().street(), view));
    }

    /// Says that there is no such page.
    void notFound(ServerRequest request, ServerResponse response) {
        message(request, response, Status.NOT_FOUND_404, "page.missing");
    }

    /// Says something in a page of its own.
    void message(ServerRequest request, ServerResponse response, Status status, String key) {
        Frame frame = frame(request, response);
        response.status(status);
        send(
                response,
                out ->
                        JtemessageGenerated.render(
                                out, null, frame, frame.text(key), frame.text(key + ".words")));
    }

    private void street(ServerRequest request, ServerResponse response) {
        Frame frame = frame(request, response);
        StreetView view =
                StreetView.of(frame, records.get().street(), period(request), liveView(frame));
        send(response, out -> JtestreetGenerated.render(out, null, frame, view));
    }

    private void members(ServerRequest request, ServerResponse response) {
        Frame frame = frame(request, response);
        StreetView view =
                StreetView.of(frame, records.get().street(), period(request), Optional.empty());
        send(response, out -> JtemembersGenerated.render(out, null, frame, view));
    }

    private void member(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        Street street = records.get().street();
        Optional<Integer> place = street.findPlace(id);
        if (place.isEmpty()) {
            notFound(request, response);
            return;
        }
        Frame frame = frame(request, response);
        StreetView period = StreetView.of(frame, street, period(request), Optional.empty());
        List<String> statements =
                street.periods().stream()
                        .filter(bill -> bill.member().equals(id))
                        .map(bill -> bill.period())
                        .toList()
                        .reversed();
        MemberView view =
                new MemberView(period, place.get(), statements, ScriptWords.of(frame, "check.js."));
        send(response, out -> JtememberGenerated.render(out, null, frame, view));
    }

    private void day(ServerRequest request, ServerResponse response) throws IOException {
        Records now = records.get();
        Optional<Street.Day> day =
                findDate(request.path().pathParameters().get("date"))
                        .flatMap(now.street()::findDay);
        if (day.isEmpty()) {
            notFound(request, response);
            return;
        }
        Frame frame = frame(request, response);
        DayView view = new DayView(frame, now.street(), day.get(), now.curve(day.get().date()));
        send(response, out -> JtedayGenerated.render(out, null, frame, view));
    }

    private void blocks(ServerRequest request, ServerResponse response) {
        Frame frame = frame(request, response);
        Records now = records.get();
        Statement.Anchor anchor = now.street().anchor();
        long top =
                Reader.query(request, "before")
                        .flatMap(PageRoutes::findNumber)
                        .map(before -> Math.min(before - 1, anchor.height()))
                        .orElse(anchor.height());
        List<BlockView> blocks = new ArrayList<>();
        for (long height = top; height > Math.max(0, top - BLOCKS_SHOWN); height--) {
            now.findBlock(height, frame).ifPresent(blocks::add);
        }
        long before = blocks.isEmpty() ? 0 : blocks.getLast().height();
        send(
                response,
                out ->
                        JteblocksGenerated.render(
                                out, null, frame, blocks, anchor, before > 1 ? before : 0));
    }

    private void block(ServerRequest request, ServerResponse response) {
        Frame frame = frame(request, response);
        Records now = records.get();
        Optional<BlockView> block =
                findNumber(request.path().pathParameters().get("height"))
                        .flatMap(height -> now.findBlock(height, frame));
        if (block.isEmpty()) {
            notFound(request, response);
            return;
        }
        long last = now.street().anchor().height();
        send(response, out -> JteblockGenerated.render(out, null, frame, block.get(), last));
    }

    /// A statement in either language, or as a table where the period ends in `.csv`.
    private void statement(ServerRequest request, ServerResponse response) {
        String member = request.path().pathParameters().get("member");
        String period = request.path().pathParameters().get("period");
        boolean table = period.endsWith(".csv");
        String name = table ? period.substring(0, period.length() - 4) : period;
        Optional<Statement> statement = records.get().findStatement(member, name);
        if (statement.isEmpty()) {
            notFound(request, response);
        } else if (table) {
            response.header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
                    .header(
                            HeaderNames.CONTENT_DISPOSITION,
                            "attachment; filename=\"" + statement.get().fileName() + ".csv\"")
                    .send(StatementCsv.of(statement.get()));
        } else {
            Language language =
                    Reader.query(request, "lang")
                            .flatMap(Language::findByCode)
                            .orElseGet(() -> Reader.language(request));
            response.header(HeaderNames.CONTENT_TYPE, HTML)
                    .header("Content-Security-Policy", StatementPolicy.POLICY)
                    .send(StatementHtml.of(statement.get(), language));
        }
    }

    private void importing(ServerRequest request, ServerResponse response) {
        Frame frame = frame(request, response);
        boolean hasCommunity = !records.get().street().days().isEmpty();
        send(
                response,
                out ->
                        JteimportingGenerated.render(
                                out, null, frame, hasCommunity, live.isEmpty(), dropped.get()));
    }

    private static Optional<String> period(ServerRequest request) {
        return Reader.query(request, "period");
    }

    private static Optional<LocalDate> findDate(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<Long> findNumber(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static void send(ServerResponse response, Consumer<HtmlTemplateOutput> template) {
        response.header(HeaderNames.CONTENT_TYPE, HTML).send(Html.render(template));
    }
}
