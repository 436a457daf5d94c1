package mitoyen.node.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import tools.jackson.databind.json.JsonMapper;

/// A node as far as the command line sees one: the real rules of the ledger behind a little HTTP,
/// without a disk. It can lose answers, and be busy.
final class FakeNode implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> ASSETS = List.of("EUR", "EUR-held", "sun");

    private final Genesis genesis;
    private final BlockExecution execution;
    private final HttpServer server;
    private final List<ByteString> posted = new ArrayList<>();
    private State state;
    private long height;
    private int answersToLose;
    private int timesBusy;
    private int timesBehind;

    FakeNode(Genesis genesis) throws IOException {
        this.genesis = genesis;
        this.execution = new BlockExecution(genesis);
        this.state = execution.initialState();
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Executes the next so many transactions and says nothing of it.
    synchronized void loseAnswers(int count) {
        answersToLose = count;
    }

    /// Turns the next so many transactions away.
    synchronized void beBusy(int times) {
        timesBusy = times;
    }

    /// Cannot tell of an account the next so many times.
    synchronized void beBehind(int times) {
        timesBehind = times;
    }

    /// What was sent, in order.
    synchronized List<ByteString> posted() {
        return List.copyOf(posted);
    }

    synchronized State state() {
        return state;
    }

    synchronized long balance(AccountId account, String asset) {
        return state.accounts().balance(account, new Asset(asset)).units();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().substring(8).split("/", 2);
            switch (path[0]) {
                case "status" ->
                        send(
                                exchange,
                                200,
                                Map.of("ledger", genesis.hash().toString(), "height", height));
                case "accounts" -> {
                    if (timesBehind > 0) {
                        timesBehind--;
                        send(exchange, 503, Map.of("module", "api", "number", 25));
                        return;
                    }
                    sendFound(exchange, account(AccountId.parse(path[1])));
                }
                case "holds" ->
                        sendFound(exchange, hold(new PendingId(ByteString.parseHex(path[1]))));
                case "transactions" -> post(exchange);
                default -> sendFound(exchange, Optional.empty());
            }
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        if (!"application/cbor".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            send(exchange, 415, Map.of("module", "api", "number", 4, "title", "not CBOR"));
            return;
        }
        posted.add(ByteString.of(bytes));
        if (timesBusy > 0) {
            timesBusy--;
            send(exchange, 503, Map.of("module", "api", "number", 8, "title", "busy"));
            return;
        }
        Draft.Sealed sealed =
                execution.execute(
                        state,
                        new Moment(height + 1, System.currentTimeMillis()),
                        List.of(new Bundle(List.of(ByteString.of(bytes))).toBytes()));
        state = sealed.state();
        height++;
        if (answersToLose > 0) {
            answersToLose--;
            return;
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("height", height);
        switch (sealed.outcomes().getLast().receipt()) {
            case Receipt.Accepted _ -> answer.put("answer", "accepted");
            case Receipt.Exists _ -> answer.put("answer", "exists");
            case Receipt.Fired _, Receipt.Noticed _ ->
                    throw new IllegalStateException("timers come first");
            case Receipt.Rejected rejected -> {
                answer.put("title", "refused");
                answer.put("module", rejected.rejection().module());
                answer.put("number", rejected.rejection().number());
                answer.put("name", rejected.rejection().name());
                rejected.step().ifPresent(step -> answer.put("step", step));
                send(exchange, 422, answer);
                return;
            }
        }
        send(exchange, 200, answer);
    }

    private Optional<Object> account(AccountId id) {
        return state.account().findHolder(id).map(holder -> account(id, holder));
    }

    private Object account(AccountId id, Holder holder) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", id.toString());
        shown.put("height", height);
        shown.put("closed", holder.closed());
        shown.put(
                "balances",
                ASSETS.stream()
                        .filter(asset -> state.accounts().isUsed(id, new Asset(asset)))
                        .map(asset ->
                                Map.of(
                                        "asset",
                                        asset,
                                        "balance",
                                        Long.toString(balance(id, asset))))
                        .toList());
        shown.put(
                "signers",
                holder.signers().signers().stream()
                        .map(each -> Map.of("key", each.key().toString(), "weight", each.weight()))
                        .toList());
        shown.put("threshold", holder.signers().threshold());
        return shown;
    }

    private Optional<Object> hold(PendingId id) {
        return state.account().pending().find(id).map(FakeNode::hold);
    }

    private static Object hold(PendingTransfer hold) {
        return Map.of(
                "asset", hold.transfer().asset().code(),
                "amount", Long.toString(hold.transfer().amount().units()),
                "from", hold.transfer().from().toString(),
                "to", hold.transfer().to().toString(),
                "expiresMillis", hold.expiresMillis());
    }

    private static void sendFound(HttpExchange exchange, Optional<Object> found)
            throws IOException {
        if (found.isPresent()) {
            send(exchange, 200, found.get());
        } else {
            send(exchange, 404, Map.of("module", "api", "number", 1, "title", "not found"));
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
