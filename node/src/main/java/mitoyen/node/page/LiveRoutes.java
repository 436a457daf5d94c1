package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import mitoyen.node.templates.page.JteliveGenerated;
import tools.jackson.databind.json.JsonMapper;

/// What happens now, pushed as server-sent events: as numbers for programs, as the panel of the
/// page for browsers. Both are the same interval.
final class LiveRoutes {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    private final LiveFeed feed;
    private final PageRoutes pages;

    LiveRoutes(LiveFeed feed, PageRoutes pages) {
        this.feed = feed;
        this.pages = pages;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get("/api/live", this::numbers).get("/api/live/panel", this::panel);
    }

    private void numbers(ServerRequest request, ServerResponse response) {
        stream(response, view -> view.latest().map(LiveRoutes::json));
    }

    private void panel(ServerRequest request, ServerResponse response) {
        Frame frame = pages.frame(request, response);
        stream(
                response,
                _ ->
                        pages.liveView(frame)
                                .map(live ->
                                        Html.render(out ->
                                                JteliveGenerated.render(out, null, frame, live))));
    }

    /// Sends each new interval until the feed is closed or the reader has gone.
    private void stream(ServerResponse response, Function<LiveFeed.View, Optional<String>> render) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        long seen = 0;
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            while (true) {
                Optional<LiveFeed.View> view = feed.await(seen, HEARTBEAT);
                if (view.isEmpty()) {
                    return;
                }
                if (view.get().count() == seen) {
                    sink.emit(SseEvent.builder().name("heartbeat").data("{}").build());
                    continue;
                }
                seen = view.get().count();
                render.apply(view.get())
                        .ifPresent(text -> sink.emit(SseEvent.create(text.replace('\n', ' '))));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException gone) {
            // The reader closed the page: there is nobody left to tell.
            return;
        }
    }

    private static String json(LiveFeed.Interval interval) {
        SequencedMap<String, Object> root = new LinkedHashMap<>();
        root.put("start", interval.start().toString());
        root.put("minutes", interval.length().toMinutes());
        root.put("total", ApiRoutes.energies(interval.total()));
        root.put("members", interval.members().stream().map(LiveRoutes::member).toList());
        return JSON.writeValueAsString(root);
    }

    private static Map<String, Object> member(LiveFeed.MemberInterval member) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("id", member.member());
        row.putAll(ApiRoutes.energies(member.use()));
        return row;
    }
}
