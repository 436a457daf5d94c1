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
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofCodec;
import mitoyen.node.running.LedgerProofs;
import mitoyen.node.running.Proven;
import mitoyen.node.views.ViewFeed;
import mitoyen.node.views.ViewReader;
import mitoyen.node.views.ViewReader.TransactionRow;

/// Proofs for whoever keeps a root over the ledger's blocks: of the state after the last block, of
/// what any block answered, and that the ledger only grew.
final class ProofRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerProofs proofs;
    private final ViewFeed feed;
    private final ViewReader reader;
    private final PrunedBlocks pruned;

    ProofRoutes(LedgerProofs proofs, ViewFeed feed, ViewReader reader, PrunedBlocks pruned) {
        this.proofs = proofs;
        this.feed = feed;
        this.reader = reader;
        this.pruned = pruned;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.PROOF_OF_BALANCE, this::balance)
                .get(ApiPaths.PROOF_OF_ENTRY, this::entry)
                .get(ApiPaths.PROOF_OF_DOMAINS_ENTRY, this::entryOfDomain)
                .get(ApiPaths.PROOF_OF_RECEIPT, this::receipt)
                .get(ApiPaths.PROOF_OF_GROWTH, this::growth);
    }

    private void balance(ServerRequest request, ServerResponse response) throws IOException {
        String asset = parameter(request, "asset");
        AccountId account;
        try {
            account = AccountId.parse(parameter(request, "id"));
        } catch (IllegalArgumentException mistyped) {
            malformed(request, response, "id: " + mistyped.getMessage());
            return;
        }
        if (!Asset.isCode(asset)) {
            malformed(request, response, "asset: 1 to 16 letters, digits and hyphens");
            return;
        }
        ByteString key = new Asset(asset).keyOf(account);
        send(request, response, proofs.proveEntry(StatePart.ACCOUNTS, key));
    }

    private void entry(ServerRequest request, ServerResponse response) throws IOException {
        entry(request, response, parameter(request, "part"));
    }

    /// The names of some parts have two words, which are two of the path.
    private void entryOfDomain(ServerRequest request, ServerResponse response) throws IOException {
        entry(request, response, parameter(request, "domain") + "/" + parameter(request, "part"));
    }

    private void entry(ServerRequest request, ServerResponse response, String title)
            throws IOException {
        String key = parameter(request, "key");
        Optional<StatePart> part = StatePart.find(title).filter(StatePart::hasEntries);
        if (part.isEmpty()) {
            Problems.send(request, response, ApiFault.PART_UNKNOWN);
        } else if (!key.matches("([0-9a-f]{2}){1," + ProofCodec.MAX_KEY_LENGTH + "}")) {
            malformed(
                    request,
                    response,
                    "key: 1 to " + ProofCodec.MAX_KEY_LENGTH + " bytes, in hexadecimal digits");
        } else {
            send(request, response, proofs.proveEntry(part.get(), ByteString.parseHex(key)));
        }
    }

    private void receipt(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        Optional<AskedTransaction> asked = AskedTransaction.of(request);
        if (asked.isEmpty()) {
            malformed(request, response, AskedTransaction.FORM);
            return;
        }
        boolean current = feed.await(proofs.standing().height(), PATIENCE);
        Optional<TransactionRow> found = asked.get().findIn(reader);
        if (!AskedTransaction.isFinal(found, current)) {
            Problems.send(request, response, ApiFault.TABLES_BEHIND);
            return;
        }
        if (found.isEmpty()) {
            String id = asked.get().id();
            pruned.sendMissing(request, response, id, ApiFault.TRANSACTION_UNKNOWN);
            return;
        }
        long height = found.get().height();
        List<ByteString> receipts = reader.listReceipts(height);
        if (pruned.has(height)) {
            pruned.send(request, response, height);
            return;
        }
        int ofTimers = receipts.size() - reader.countTransactions(height);
        int index = ofTimers + found.get().index();
        Proven proven = proofs.proveReceipt(height, receipts, index);
        send(request, response, proven, new LinkedHashMap<>());
    }

    private void growth(ServerRequest request, ServerResponse response) throws IOException {
        long last = proofs.standing().height();
        OptionalLong from = height(request, "from", 0, last);
        OptionalLong to = height(request, "to", last, last);
        if (from.isEmpty() || to.isEmpty() || from.getAsLong() > to.getAsLong()) {
            malformed(
                    request,
                    response,
                    "from and to: heights that do not fall, the last block's is " + last);
            return;
        }
        LedgerProofs.Growth growth = proofs.proveGrowth(from.getAsLong(), to.getAsLong());
        LogRoot earlier = growth.earlier();
        SequencedMap<String, Object> members = new LinkedHashMap<>();
        members.put("from", earlier.size());
        members.put("fromRoot", earlier.root().toString());
        send(request, response, growth.later(), members);
    }

    private static void send(
            ServerRequest request, ServerResponse response, Optional<Proven> proven) {
        if (proven.isEmpty()) {
            Problems.send(request, response, ApiFault.NOTHING_PROVED);
        } else {
            send(request, response, proven.get(), new LinkedHashMap<>());
        }
    }

    private static void send(
            ServerRequest request,
            ServerResponse response,
            Proven proven,
            SequencedMap<String, Object> members) {
        byte[] proof = ProofCodec.encode(proven.proof());
        if (Responses.wantsCbor(request)) {
            response.header(HeaderNames.CONTENT_TYPE, "application/cbor").send(proof);
            return;
        }
        members.put("proof", ByteString.of(proof).toString());
        members.put("height", proven.root().size());
        members.put("root", proven.root().root().toString());
        Responses.json(response, members);
    }

    private static OptionalLong height(
            ServerRequest request, String name, long standard, long most) {
        return Responses.number(
                Responses.query(request, name).orElse(Long.toString(standard)), most);
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    private static void malformed(ServerRequest request, ServerResponse response, String detail) {
        Problems.send(request, response, ApiFault.PARAMETER_MALFORMED, detail);
    }
}
