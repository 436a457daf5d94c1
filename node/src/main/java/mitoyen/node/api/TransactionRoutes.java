package mitoyen.node.api;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.Ordering.Taken;

/// `POST /transactions` and `POST /bundles`: bytes in, the ledger's durable answers out.
final class TransactionRoutes {
    private final Ordering ordering;
    private final NodeMetrics metrics;
    private final SentBody bodies;
    private final Function<byte[], Optional<List<byte[]>>> bundles;

    /// @param mostBytes the most that a transaction has, and many together
    /// @param roomBytes the most that all bodies take while they arrive
    /// @param bundles takes a bundle apart, if it is one that is taken
    TransactionRoutes(
            Ordering ordering,
            NodeMetrics metrics,
            int mostBytes,
            int roomBytes,
            Function<byte[], Optional<List<byte[]>>> bundles) {
        this.ordering = ordering;
        this.metrics = metrics;
        this.bodies = new SentBody(mostBytes, roomBytes);
        this.bundles = bundles;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.post(ApiPaths.TRANSACTIONS, this::postOne);
        routing.post(ApiPaths.BUNDLES, this::postMany);
    }

    private void postOne(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Optional<byte[]> body = bodies.read(request, response);
        if (body.isPresent()) {
            Reply reply = Reply.await(request, ordering.submit(body.get()));
            reply.send(response);
            measure(reply, start);
        }
    }

    /// Each is taken in by itself, as if it came alone, in their order.
    private void postMany(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Optional<byte[]> body = bodies.read(request, response);
        if (body.isEmpty()) {
            return;
        }
        Optional<List<byte[]>> transactions = bundles.apply(body.get());
        if (transactions.isEmpty()) {
            Problems.send(request, response, ApiFault.BUNDLE_MALFORMED);
            return;
        }
        List<Taken> taken = submit(transactions.get());
        List<SequencedMap<String, Object>> answers = new ArrayList<>(taken.size());
        for (Taken each : taken) {
            Reply reply = Reply.await(request, each);
            answers.add(reply.among());
            measure(reply, start);
        }
        Responses.json(response, Map.of("answers", answers));
    }

    /// Behind one that is not taken in now none is: a lane with a gap could not go back to it.
    private List<Taken> submit(List<byte[]> transactions) {
        List<Taken> taken = new ArrayList<>(transactions.size());
        Optional<Taken> refused = Optional.empty();
        for (byte[] transaction : transactions) {
            Taken each = refused.isPresent() ? refused.get() : ordering.submit(transaction);
            taken.add(each);
            if (!(each instanceof Taken.In)) {
                refused = Optional.of(each);
            }
        }
        return taken;
    }

    private void measure(Reply reply, long startNanos) {
        if (reply.isOfTaken()) {
            metrics.answered(reply.word(), System.nanoTime() - startNanos);
        }
    }
}
