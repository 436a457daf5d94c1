package mitoyen.node.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.Signer;
import mitoyen.ledger.account.SignerKey;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.light.LightBlockCodec;
import mitoyen.ledger.machine.TransactionId;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node of a ledger, spoken to by HTTP.
///
/// An answer that was lost is asked for by sending the same bytes again: under one id they are done
/// once (LE-91). Nothing here signs, so nothing can be signed twice.
public final class LedgerClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CBOR = "application/cbor";

    /// The longest answer, which is the longest proof in hexadecimal.
    private static final int MOST_BYTES = 1 << 21;

    private static final int MOST_TRANSACTION_BYTES = 1 << 24;
    private static final int OK = 200;
    private static final int CLIENT_FAULT = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;
    private static final int UNAVAILABLE = 503;
    private static final int FOR_ANOTHER_VERSION = 5;
    private static final int ID_BURNT = 9;
    private static final int EXPIRED = 10;

    /// Nodes that do not tell the protocol version know none above this.
    private static final int BEFORE_IT_WAS_TOLD = 2;

    /// The module of problems that are not the ledger's.
    private static final String OF_THE_NODE = "api";

    /// A node that halted while the transaction was under way says so with this number.
    private static final int OUTCOME_UNKNOWN = 10;

    private final URI node;
    private final Patience patience;
    private final HttpClient http;

    /// @param node its address, such as `http://127.0.0.1:8090`
    /// @throws IllegalArgumentException if it is no address of a node
    public LedgerClient(URI node, Patience patience) {
        boolean http = "http".equals(node.getScheme()) || "https".equals(node.getScheme());
        if (!http || node.getHost() == null || node.getQuery() != null) {
            throw new IllegalArgumentException(
                    "not the address of a node: " + node + "; it looks like http://127.0.0.1:8090");
        }
        this.node = node;
        this.patience = patience;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(patience.limit())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /// Which ledger the node keeps, how far it is, and under which rules.
    ///
    /// @throws IOException if the node does not say
    public LedgerStatus status() throws IOException {
        JsonNode status = find("status").orElseThrow(() -> notANode("has no status"));
        try {
            return new LedgerStatus(
                    Digest.parse(status.path("ledger").asString("")),
                    status.path("height").asLong(0),
                    status.path("timeMillis").asLong(0),
                    status.path("version").asInt(BEFORE_IT_WAS_TOLD));
        } catch (IllegalArgumentException malformed) {
            throw notANode("does not name its ledger");
        }
    }

    /// An account as the node shows it.
    public Optional<JsonNode> findAccount(AccountId account) throws IOException {
        return find("accounts/" + account);
    }

    /// A community and what waits of it, as the node says it; nothing where there is none of this
    /// id.
    public Optional<JsonNode> findCommunity(String community) throws IOException {
        return community.matches("[a-z0-9-]{1,40}")
                ? find("communities/" + community)
                : Optional.empty();
    }

    /// Who signs for an account; nothing where the node knows no such account, or does not say.
    public Optional<SignerSet> findSigners(AccountId account) throws IOException {
        Optional<JsonNode> shown = findAccount(account);
        if (shown.isEmpty() || !shown.get().path("signers").isArray()) {
            return Optional.empty();
        }
        List<Signer> signers = new ArrayList<>();
        try {
            for (JsonNode each : shown.get().path("signers")) {
                String site = each.path("relyingParty").asString("");
                signers.add(
                        new Signer(
                                new SignerKey(ByteString.parseHex(each.path("key").asString(""))),
                                each.path("weight").asInt(0),
                                site.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(Digest.parse(site))));
            }
        } catch (IllegalArgumentException malformed) {
            throw notANode("shows signers that are none");
        }
        return Optional.of(new SignerSet(signers, shown.get().path("threshold").asInt(0)));
    }

    /// A pending transfer as the node shows it.
    public Optional<JsonNode> findHold(PendingId pending) throws IOException {
        return find("holds/" + pending);
    }

    /// A proof; nothing where the node has none of that.
    ///
    /// @param of what, behind `proofs/`
    public Optional<ProofAnswer> findProof(String of) throws IOException {
        Optional<JsonNode> answer = find("proofs/" + of);
        try {
            return answer.map(ProofAnswer::of);
        } catch (IllegalArgumentException malformed) {
            throw notANode("gives a proof that is none");
        }
    }

    /// A light block as the node gave it, not checked; nothing where the node has none of that.
    ///
    /// @param which behind `light/`
    public Optional<byte[]> findLight(String which) throws IOException {
        return find(
                "light/" + which,
                CBOR,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LightBlockCodec.MAX_LENGTH + 1L));
    }

    /// The bytes of a transaction as it was sent; nothing where no block holds it.
    ///
    /// @param sent the SHA-256 of these bytes; empty for whichever the node has under the id
    public Optional<byte[]> findTransaction(TransactionId id, Optional<Digest> sent)
            throws IOException {
        return find(
                "transactions/" + id + sent.map(hash -> "?sent=" + hash).orElse(""),
                CBOR,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_TRANSACTION_BYTES));
    }

    /// Sends a signed transaction, again and again until there is an answer or patience ends. One
    /// that expired, or is for a version whose rules hold no more, may be done all the same: the
    /// ledger does not look for its id then (LE-94, LE-155), and the node is asked for what it
    /// answered before.
    ///
    /// @param id its id, by which a lost answer is looked up
    public Answer submit(byte[] signed, TransactionId id) {
        Answer answer = submitOnce(signed);
        boolean lost = answer instanceof Answer.Unknown;
        for (Duration pause : patience.pauses()) {
            if (isFinal(answer) || !pause(pause)) {
                break;
            }
            answer = submitOnce(signed);
            lost |= answer instanceof Answer.Unknown;
        }
        if (lost && answer instanceof Answer.NotTaken(String why, boolean _)) {
            return new Answer.Unknown(why);
        }
        if (answer instanceof Answer.Rejected rejected
                && (isOfTransaction(rejected, EXPIRED)
                        || isOfTransaction(rejected, FOR_ANOTHER_VERSION)
                        || (lost && isOfTransaction(rejected, ID_BURNT)))) {
            return answeredBefore(id, signed, rejected);
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }

    private Answer submitOnce(byte[] signed) {
        HttpRequest request =
                request("transactions", "application/json")
                        .header("Content-Type", CBOR)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(signed))
                        .build();
        try {
            HttpResponse<String> response = http.send(request, text());
            return answer(response.statusCode(), response.body());
        } catch (ConnectException refused) {
            return new Answer.NotTaken("cannot be reached", true);
        } catch (IOException lost) {
            return new Answer.Unknown(describe(lost));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer.Unknown("interrupted");
        }
    }

    /// What a response says: a receipt, or a problem (RFC 9457) that holds one or none.
    private static Answer answer(int status, String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException malformed) {
            json = JSON.createObjectNode();
        }
        Optional<Answer> answered = findAnswer(json);
        if (answered.isPresent()) {
            return answered.get();
        }
        String why = json.path("detail").asString(json.path("title").asString("status " + status));
        boolean halted =
                json.path("module").asString("").equals(OF_THE_NODE)
                        && json.path("number").asInt(0) == OUTCOME_UNKNOWN;
        if (halted) {
            return new Answer.Unknown(why);
        }
        boolean untouched = status >= CLIENT_FAULT && status < SERVER_FAULT;
        return untouched || status == UNAVAILABLE
                ? new Answer.NotTaken(why, status == UNAVAILABLE || status == TOO_MANY)
                : new Answer.Unknown(why);
    }

    private static Optional<Answer> findAnswer(JsonNode json) {
        OptionalLong height =
                json.path("height").isIntegralNumber()
                        ? OptionalLong.of(json.path("height").asLong())
                        : OptionalLong.empty();
        String word = json.path("answer").asString("");
        if (word.equals("accepted")) {
            return Optional.of(new Answer.Accepted(height));
        }
        if (word.equals("exists")) {
            return Optional.of(new Answer.Exists(height));
        }
        JsonNode refusal = json.path("problem").isObject() ? json.path("problem") : json;
        String module = refusal.path("module").asString("");
        if (module.isEmpty() || module.equals(OF_THE_NODE)) {
            return Optional.empty();
        }
        return Optional.of(
                new Answer.Rejected(
                        module,
                        refusal.path("number").asInt(0),
                        refusal.path("name").asString(""),
                        json.path("step").isIntegralNumber()
                                ? OptionalInt.of(json.path("step").asInt())
                                : OptionalInt.empty()));
    }

    /// What was answered before to what is refused now. An id belongs to its sender (LE-91):
    /// another one's transaction may bear it too. Where the node does not say, such as of a block
    /// that it pruned, nobody knows here whether it is done.
    private Answer answeredBefore(TransactionId id, byte[] signed, Answer.Rejected now) {
        String sent = Sha256.of(signed).toString();
        try {
            return find("transactions/" + id + "?sent=" + sent)
                    .filter(found -> found.path("sent").asString("").equals(sent))
                    .flatMap(LedgerClient::findAnswer)
                    .orElse(now);
        } catch (IOException silent) {
            return new Answer.Unknown(
                    "refused now (" + now.name() + "), and not told whether it was done before");
        }
    }

    private static boolean isFinal(Answer answer) {
        return switch (answer) {
            case Answer.Accepted _, Answer.Exists _, Answer.Rejected _ -> true;
            case Answer.NotTaken(String _, boolean later) -> !later;
            case Answer.Unknown _ -> false;
        };
    }

    private static boolean isOfTransaction(Answer.Rejected rejected, int number) {
        return rejected.module().equals("transaction") && rejected.number() == number;
    }

    /// Asks, again where the node does not answer; nothing where it knows of no such thing.
    private Optional<JsonNode> find(String path) throws IOException {
        try {
            return find(path, "application/json", text()).map(JSON::readTree);
        } catch (JacksonException malformed) {
            throw notANode("answers something else than JSON");
        }
    }

    private <T> Optional<T> find(String path, String type, BodyHandler<T> body) throws IOException {
        for (Duration pause : patience.pauses()) {
            try {
                return findOnce(path, type, body);
            } catch (Lost lost) {
                if (!pause(pause)) {
                    throw lost;
                }
            }
        }
        return findOnce(path, type, body);
    }

    private <T> Optional<T> findOnce(String path, String type, BodyHandler<T> body)
            throws IOException {
        HttpResponse<T> response;
        try {
            response = http.send(request(path, type).GET().build(), body);
        } catch (ConnectException refused) {
            throw new IOException(unreachable("cannot be reached"), refused);
        } catch (IOException lost) {
            throw new Lost(unreachable("does not answer: " + describe(lost)), Optional.of(lost));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(node + ": interrupted", stopped);
        }
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (response.statusCode() == UNAVAILABLE) {
            throw new Lost(node + ": cannot answer yet; try again in a moment", Optional.empty());
        }
        if (response.statusCode() != OK) {
            throw notANode("answers with status " + response.statusCode());
        }
        return Optional.of(response.body());
    }

    private HttpRequest.Builder request(String path, String type) {
        String base = node.toString();
        String slash = base.endsWith("/") ? "" : "/";
        return HttpRequest.newBuilder(URI.create(base + slash + "api/v1/" + path))
                .timeout(patience.limit())
                .header("Accept", type);
    }

    private IOException notANode(String what) {
        return new IOException(node + ": " + what + "; name a node of the ledger with --node");
    }

    private String unreachable(String what) {
        return node + ": " + what + "; is the node running? name another with --node";
    }

    private static String describe(IOException lost) {
        String message = lost.getMessage();
        return message == null ? lost.getClass().getSimpleName() : message;
    }

    private static BodyHandler<String> text() {
        return BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES);
    }

    /// Whether the pause was not cut short.
    private static boolean pause(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// An answer that did not come.
    private static final class Lost extends IOException {
        private static final long serialVersionUID = 1;

        Lost(String line, Optional<IOException> cause) {
            super(line, cause.orElse(null));
        }
    }
}
