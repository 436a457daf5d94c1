package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.running.Refusal;

/// How the node is, and what its problems mean.
final class StatusRoutes {
    private final NodeState state;
    private final NodeMetrics metrics;

    StatusRoutes(NodeState state, NodeMetrics metrics) {
        this.state = state;
        this.metrics = metrics;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.STATUS, this::status)
                .get(ApiPaths.PROBLEM, StatusRoutes::problem)
                .get(ApiPaths.LIVE, this::live)
                .get(ApiPaths.READY, this::ready)
                .get(ApiPaths.METRICS, this::metrics);
    }

    private void status(ServerRequest request, ServerResponse response) {
        SequencedMap<String, Object> answer = new LinkedHashMap<>();
        answer.put("ledger", state.ledger());
        answer.put("name", state.name());
        answer.put("height", state.height());
        answer.put("timeMillis", state.timeMillis());
        answer.put("version", state.version());
        answer.put("viewHeight", state.viewHeight());
        answer.put("keptFrom", state.keptFrom());
        answer.put("waiting", state.waiting());
        answer.put("transactionBytes", state.transactionBytes());
        answer.put("blockTransactions", state.blockTransactions());
        answer.put("accepting", state.findHalt().isEmpty() && state.isCurrent());
        Responses.json(response, answer);
    }

    /// What a problem's type leads to.
    private static void problem(ServerRequest request, ServerResponse response) {
        String module = request.path().pathParameters().get("module");
        OptionalLong number =
                Responses.number(request.path().pathParameters().get("number"), Integer.MAX_VALUE);
        List<Refusal> all = RefusalList.all();
        Optional<Refusal> found =
                all.stream()
                        .filter(each ->
                                each.module().equals(module)
                                        && number.equals(OptionalLong.of(each.number())))
                        .findFirst();
        if (found.isEmpty()) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
            return;
        }
        SequencedMap<String, Object> answer = new LinkedHashMap<>();
        answer.put("module", module);
        answer.put("number", found.get().number());
        answer.put("name", found.get().name());
        answer.put("mayPassLater", found.get().mayPassLater());
        for (Language language : Language.values()) {
            answer.put(
                    language.code(),
                    Messages.in(language).text(Problems.key(module, found.get().name())));
        }
        Responses.json(response, answer);
    }

    /// A process that answers lives, unless it has halted or a part of it has stopped: then it
    /// wants to be started anew. One that cannot do a part of its work does not: that goes on by
    /// itself, and until then is told.
    private void live(ServerRequest request, ServerResponse response) {
        health(response, state.findHalt().isEmpty() && state.listStopped().isEmpty());
    }

    /// A node that still fetches what others have is not ready: it would judge by the past.
    private void ready(ServerRequest request, ServerResponse response) {
        health(response, state.findHalt().isEmpty() && state.isCurrent());
    }

    private void health(ServerResponse response, boolean up) {
        SequencedMap<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", up ? "UP" : "DOWN");
        state.findHalt().ifPresent(why -> answer.put("halted", why));
        List<String> stopped = state.listStopped();
        if (!stopped.isEmpty()) {
            answer.put("stopped", stopped);
        }
        SequencedMap<String, String> degraded = state.listDegraded();
        if (!degraded.isEmpty()) {
            answer.put("degraded", degraded);
        }
        Responses.json(
                response.status(up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503), answer);
    }

    private void metrics(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .send(metrics.text());
    }
}
