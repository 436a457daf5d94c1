package mitoyen.node.api;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mitoyen.node.views.EventFeed;
import mitoyen.node.views.EventPosition;
import mitoyen.node.views.EventRow;
import mitoyen.node.views.ViewFeed;
import mitoyen.node.views.ViewReader;

/// `GET /events`: what happens, as server-sent events that can be resumed where they broke off.
///
/// A reader holds nothing but its connection: it pulls from the latest events, and from the tables
/// where it fell behind them. One that does not read is dropped.
final class EventRoutes implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int BATCH = 500;

    private final ViewFeed feed;
    private final ViewReader reader;
    private final Semaphore streams;
    private final Duration patience;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("slow-readers").daemon().factory());

    /// @param streams how many may be open at once
    /// @param patience how long a reader may take to take what is sent
    EventRoutes(ViewFeed feed, ViewReader reader, int streams, Duration patience) {
        this.feed = feed;
        this.reader = reader;
        this.streams = new Semaphore(streams);
        this.patience = patience;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.EVENTS, this::events);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private void events(ServerRequest request, ServerResponse response) throws IOException {
        if (!request.headers().isAccepted(MediaTypes.TEXT_EVENT_STREAM)) {
            Problems.send(request, response, ApiFault.NOT_ACCEPTABLE, "Accept: text/event-stream");
            return;
        }
        Optional<String> last =
                request.headers()
                        .value(HeaderNames.create("Last-Event-ID"))
                        .or(() -> Responses.query(request, "after"));
        Optional<EventPosition> after =
                last.isEmpty()
                        ? Optional.of(feed.events().end())
                        : last.flatMap(EventPosition::find);
        if (after.isEmpty()) {
            Problems.send(
                    request,
                    response,
                    ApiFault.PARAMETER_MALFORMED,
                    "Last-Event-ID or after: height.index");
        } else if (isPruned(after.get())) {
            Problems.send(
                    request,
                    response,
                    ApiFault.EVENTS_PRUNED,
                    "Last-Event-ID or after: from "
                            + EventPosition.beforeBlock(feed.keptFrom())
                            + " on");
        } else if (!streams.tryAcquire()) {
            Problems.send(request, response, ApiFault.TOO_MANY_STREAMS);
        } else {
            try {
                stream(response, after.get());
            } finally {
                streams.release();
            }
        }
    }

    private void stream(ServerResponse response, EventPosition after) throws IOException {
        EventPosition seen = after;
        try (SseSink sink = response.sink(SseSink.TYPE)) {
            emit(sink, heartbeat(seen));
            while (feed.events().await(seen, HEARTBEAT)) {
                List<EventRow> next = next(seen);
                if (isPruned(seen)) {
                    return;
                }
                if (next.isEmpty()) {
                    emit(sink, heartbeat(seen));
                }
                for (EventRow event : next) {
                    emit(
                            sink,
                            SseEvent.builder()
                                    .id(event.position().toString())
                                    .name(event.type())
                                    .data(event.json())
                                    .build());
                    seen = event.position();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException gone) {
            // The reader went away, or was dropped: there is nobody left to tell.
            return;
        }
    }

    /// Whether events behind a position are gone: to be asked after reading, since they go in the
    /// order that they came.
    private boolean isPruned(EventPosition seen) {
        return feed.events().findAfter(seen, 1).isEmpty()
                && seen.compareTo(EventPosition.beforeBlock(feed.keptFrom())) < 0;
    }

    private List<EventRow> next(EventPosition seen) throws IOException {
        EventFeed latest = feed.events();
        Optional<List<EventRow>> next = latest.findAfter(seen, BATCH);
        return next.isPresent() ? next.get() : reader.listEventsAfter(seen, BATCH);
    }

    /// Says that the stream lives. An event, since Helidon cannot send a comment alone; a browser
    /// passes over it unless it is listened for.
    private static SseEvent heartbeat(EventPosition seen) {
        return SseEvent.builder().name("heartbeat").data("{\"after\":\"" + seen + "\"}").build();
    }

    /// Sends an event; a reader that does not take it in time loses its connection.
    private void emit(SseSink sink, SseEvent event) {
        Thread sender = Thread.currentThread();
        Future<?> drop =
                watch.schedule(sender::interrupt, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            sink.emit(event);
        } finally {
            drop.cancel(false);
        }
    }
}
