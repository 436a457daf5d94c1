package mitoyen.node.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.node.views.EventRow;
import mitoyen.node.views.ViewFeed;
import mitoyen.node.views.ViewReader;
import mitoyen.node.views.ViewReader.BlockRow;
import mitoyen.node.views.ViewReader.TransactionRow;
import tools.jackson.databind.util.RawValue;

/// Transactions and blocks, out of the tables. What the node has answered before a question is in
/// the answer to it: the tables are waited for, for a moment, and where they stay behind nothing is
/// said not to be there.
final class LookupRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String EXPIRED = TransactionRejection.EXPIRED.name();

    private final LongSupplier ledgerHeight;
    private final ViewFeed feed;
    private final ViewReader reader;
    private final PrunedBlocks pruned;

    LookupRoutes(LongSupplier ledgerHeight, ViewFeed feed, ViewReader reader, PrunedBlocks pruned) {
        this.ledgerHeight = ledgerHeight;
        this.feed = feed;
        this.reader = reader;
        this.pruned = pruned;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.TRANSACTION, this::transaction)
                .get(ApiPaths.BLOCK, this::block)
                .get(ApiPaths.BLOCKS, this::blocks);
    }

    private void transaction(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        Optional<AskedTransaction> asked = AskedTransaction.of(request);
        if (asked.isEmpty()) {
            Problems.send(request, response, ApiFault.PARAMETER_MALFORMED, AskedTransaction.FORM);
            return;
        }
        boolean current = feed.await(ledgerHeight.getAsLong(), PATIENCE);
        Optional<TransactionRow> found = asked.get().findIn(reader);
        if (!AskedTransaction.isFinal(found, current)) {
            Problems.send(request, response, ApiFault.TABLES_BEHIND);
        } else if (found.isEmpty() || expiredSince(found.get(), asked.get().id())) {
            pruned.sendMissing(request, response, asked.get().id(), ApiFault.NOT_FOUND);
        } else if (Responses.wantsCbor(request)) {
            response.header(HeaderNames.CONTENT_TYPE, "application/cbor")
                    .send(found.get().bytes().toBytes());
        } else {
            SequencedMap<String, Object> answer = summary(request, found.get());
            answer.put("timeMillis", found.get().timeMillis());
            answer.put("transaction", content(found.get()));
            answer.put("events", found.get().events().stream().map(LookupRoutes::event).toList());
            if (pruned.has(found.get().height())) {
                pruned.send(request, response, found.get().height());
            } else {
                Responses.json(response, answer);
            }
        }
    }

    /// Whether a transaction expired that has the id of what a pruned block accepted: it may be the
    /// same one, sent again when its id was forgotten (LE-94).
    private boolean expiredSince(TransactionRow found, String id) throws IOException {
        return found.refusal().filter(each -> each.name().equals(EXPIRED)).isPresent()
                && reader.findPruned(id).isPresent();
    }

    private void block(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        OptionalLong height =
                Responses.number(request.path().pathParameters().get("height"), Long.MAX_VALUE);
        if (height.isEmpty()) {
            Problems.send(
                    request, response, ApiFault.PARAMETER_MALFORMED, "height: a whole number");
            return;
        }
        long last = ledgerHeight.getAsLong();
        feed.await(last, PATIENCE);
        Optional<BlockRow> found = reader.findBlock(height.getAsLong());
        List<TransactionRow> transactions = reader.listTransactions(height.getAsLong());
        if (pruned.has(height.getAsLong())) {
            pruned.send(request, response, height.getAsLong());
        } else if (found.isEmpty()) {
            boolean there = height.getAsLong() >= 1 && height.getAsLong() <= last;
            Problems.send(request, response, there ? ApiFault.TABLES_BEHIND : ApiFault.NOT_FOUND);
        } else {
            SequencedMap<String, Object> answer = header(found.get());
            answer.put(
                    "transactions",
                    transactions.stream().map(row -> summary(request, row)).toList());
            Responses.json(response, answer);
        }
    }

    private void blocks(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        OptionalLong from =
                Responses.number(Responses.query(request, "from").orElse("1"), Long.MAX_VALUE);
        OptionalLong limit = Responses.limit(request);
        if (from.isEmpty() || limit.isEmpty()) {
            Problems.send(
                    request,
                    response,
                    ApiFault.PARAMETER_MALFORMED,
                    "from: a height; limit: 1 to " + Responses.MOST_ROWS);
            return;
        }
        feed.await(ledgerHeight.getAsLong(), PATIENCE);
        SequencedMap<String, Object> answer = new LinkedHashMap<>();
        answer.put("height", feed.height());
        answer.put(
                "blocks",
                reader.listBlocks(from.getAsLong(), (int) limit.getAsLong()).stream()
                        .map(LookupRoutes::header)
                        .toList());
        Responses.json(response, answer);
    }

    private static SequencedMap<String, Object> header(BlockRow row) {
        SequencedMap<String, Object> header = new LinkedHashMap<>();
        header.put("height", row.height());
        header.put("timeMillis", row.timeMillis());
        header.put("hash", row.hash());
        header.put("previousHash", row.previousHash());
        header.put("stateRoot", row.stateRoot());
        header.put("receiptsRoot", row.receiptsRoot());
        row.transactions().ifPresent(count -> header.put("transactionCount", count));
        return header;
    }

    private static SequencedMap<String, Object> summary(ServerRequest request, TransactionRow row) {
        SequencedMap<String, Object> summary = new LinkedHashMap<>();
        row.id().ifPresent(id -> summary.put("id", id));
        summary.put("sent", row.sent());
        summary.put("height", row.height());
        summary.put("index", row.index());
        summary.put("answer", row.answer());
        row.step().ifPresent(step -> summary.put("step", step));
        row.refusal()
                .ifPresent(refusal -> summary.put("problem", Problems.describe(request, refusal)));
        return summary;
    }

    private static Object content(TransactionRow row) {
        try {
            return CborJson.toJson(row.bytes().toBytes());
        } catch (CborException opaque) {
            return "0x" + row.bytes();
        }
    }

    private static SequencedMap<String, Object> event(EventRow event) {
        SequencedMap<String, Object> said = new LinkedHashMap<>();
        said.put("position", event.position().toString());
        said.put("type", event.type());
        said.put("fields", new RawValue(event.json()));
        return said;
    }
}
