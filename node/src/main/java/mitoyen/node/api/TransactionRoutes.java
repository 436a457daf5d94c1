package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.running.Answer;
import mitoyen.node.running.CommittedBlock.Entry;
import mitoyen.node.running.CommittedBlock.Outcome;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.running.Refusal;
import mitoyen.node.threads.FairQueue.Admission;

/// `POST /transactions`: bytes in, the ledger's durable answer out.
final class TransactionRoutes {
    private static final String CBOR = "application/cbor";
    private static final String JSON = "application/json";

    /// How much longer a transaction is in JSON than in CBOR, at most.
    private static final int JSON_FACTOR = 3;

    private final Ordering ordering;
    private final NodeMetrics metrics;
    private final int mostBytes;
    private final CborJson json;

    /// @param mostBytes the most that a transaction has
    TransactionRoutes(Ordering ordering, NodeMetrics metrics, int mostBytes) {
        this.ordering = ordering;
        this.metrics = metrics;
        this.mostBytes = mostBytes;
        this.json = new CborJson(JSON_FACTOR * mostBytes);
    }

    void addTo(HttpRouting.Builder routing) {
        routing.post(ApiPaths.TRANSACTIONS, this::post);
    }

    private void post(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        String type =
                request.headers()
                        .value(HeaderNames.CONTENT_TYPE)
                        .map(TransactionRoutes::bare)
                        .orElse("");
        if (!type.equals(CBOR) && !type.equals(JSON)) {
            Problems.send(request, response, ApiFault.TYPE_NOT_TAKEN);
            return;
        }
        Optional<byte[]> body = body(request, type.equals(CBOR) ? 1 : JSON_FACTOR);
        if (body.isEmpty()) {
            Problems.send(request, response, ApiFault.BODY_TOO_LARGE);
            return;
        }
        byte[] bytes;
        try {
            bytes = type.equals(CBOR) ? body.get() : json.toCbor(body.get());
        } catch (CborJson.MalformedJson malformed) {
            Problems.send(
                    request,
                    response,
                    ApiFault.JSON_MALFORMED,
                    String.valueOf(malformed.getMessage()));
            return;
        }
        switch (ordering.submit(bytes)) {
            case Taken.NotNow(Admission why) -> refuse(request, response, why);
            case Taken.Behind() -> Problems.send(request, response, ApiFault.NODE_BEHIND);
            case Taken.In(var answer) -> {
                try {
                    answer(request, response, answer.get(), start);
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }

    /// The body, or nothing where it is too large: of what says its length nothing is read then.
    private Optional<byte[]> body(ServerRequest request, int factor) throws IOException {
        int most = factor * mostBytes;
        OptionalLong declared = request.headers().contentLength();
        if (declared.isPresent() && declared.getAsLong() > most) {
            return Optional.empty();
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        }
    }

    private void refuse(ServerRequest request, ServerResponse response, Admission why) {
        switch (why) {
            case SENDER_FULL -> Problems.send(request, response, ApiFault.SENDER_BUSY);
            case FULL -> Problems.send(request, response, ApiFault.NODE_BUSY);
            case CLOSED, ADMITTED -> Problems.send(request, response, ApiFault.NODE_CLOSED);
        }
    }

    private void answer(
            ServerRequest request, ServerResponse response, Answer answer, long startNanos) {
        String word =
                switch (answer) {
                    case Answer.Unknown() -> {
                        Problems.send(request, response, ApiFault.OUTCOME_UNKNOWN);
                        yield "unknown";
                    }
                    case Answer.NotOrdered(Refusal refusal) -> {
                        Problems.send(request, response, refusal, new LinkedHashMap<>());
                        yield "refused";
                    }
                    case Answer.Exists(String id, Digest sent) -> {
                        SequencedMap<String, Object> members = new LinkedHashMap<>();
                        members.put("answer", "exists");
                        members.put("id", id);
                        members.put("sent", sent.toString());
                        Responses.json(response.status(Status.OK_200), members);
                        yield "exists";
                    }
                    case Answer.InBlock(long height, int index, Entry entry) -> {
                        answer(request, response, height, index, entry);
                        yield entry.outcome().word();
                    }
                };
        metrics.answered(word, System.nanoTime() - startNanos);
    }

    private static void answer(
            ServerRequest request, ServerResponse response, long height, int index, Entry entry) {
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        entry.id().ifPresent(id -> members.put("id", id));
        members.put("sent", entry.sent().toString());
        members.put("height", height);
        members.put("index", index);
        switch (entry.outcome()) {
            case Outcome.Rejected(Refusal refusal, OptionalInt step) -> {
                step.ifPresent(refused -> members.put("step", refused));
                Problems.send(request, response, refusal, members);
            }
            case Outcome.Accepted _, Outcome.Exists _ -> {
                members.putFirst("answer", entry.outcome().word());
                Responses.json(response.status(Status.OK_200), members);
            }
        }
    }

    /// A type without its parameters.
    private static String bare(String type) {
        return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
