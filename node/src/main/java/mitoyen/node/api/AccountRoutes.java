package mitoyen.node.api;

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
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountState;
import mitoyen.ledger.account.Holder;
import mitoyen.ledger.account.PendingId;
import mitoyen.ledger.account.PendingTransfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.node.running.LedgerProofs;
import mitoyen.node.running.Standing;
import mitoyen.node.views.EventPosition;
import mitoyen.node.views.ViewFeed;
import mitoyen.node.views.ViewReader;
import mitoyen.node.views.ViewReader.TransferRow;

/// Accounts and what is reserved, out of the state after the last block; an account's movements out
/// of the tables.
final class AccountRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LedgerProofs ledger;
    private final ViewFeed feed;
    private final ViewReader reader;

    AccountRoutes(LedgerProofs ledger, ViewFeed feed, ViewReader reader) {
        this.ledger = ledger;
        this.feed = feed;
        this.reader = reader;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get(ApiPaths.ACCOUNT, this::account).get(ApiPaths.HOLD, this::hold);
    }

    private void account(ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        Optional<EventPosition> before =
                Responses.query(request, "before")
                        .map(EventPosition::find)
                        .orElse(Optional.of(new EventPosition(Long.MAX_VALUE, 0)));
        OptionalLong limit = Responses.limit(request);
        AccountId id;
        try {
            id = AccountId.parse(request.path().pathParameters().get("id"));
        } catch (IllegalArgumentException mistyped) {
            malformed(request, response, "id: " + mistyped.getMessage());
            return;
        }
        if (before.isEmpty()) {
            malformed(request, response, "before: height.index");
            return;
        }
        if (limit.isEmpty()) {
            malformed(request, response, "limit: 1 to " + Responses.MOST_ROWS);
            return;
        }
        Standing now = ledger.standing();
        AccountState accounts = now.state().account();
        Optional<Holder> holder = accounts.findHolder(id);
        List<Account> held = held(accounts, id);
        if (holder.isEmpty() && held.isEmpty()) {
            Problems.send(request, response, ApiFault.NOT_FOUND);
            return;
        }
        feed.await(now.height(), PATIENCE);
        long listed = feed.height();
        List<TransferRow> transfers =
                reader.listTransfers(id, before.get(), (int) limit.getAsLong());
        SequencedMap<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", id.toString());
        answer.put("height", now.height());
        answer.put("balances", held.stream().map(AccountRoutes::balance).toList());
        holder.ifPresent(found -> answer.putAll(HolderJson.of(found)));
        answer.put("transfersHeight", listed);
        answer.put("transfers", transfers.stream().map(AccountRoutes::transfer).toList());
        Responses.json(response, answer);
    }

    private void hold(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("id");
        if (!id.matches("[0-9a-f]{32}")) {
            malformed(request, response, "id: 32 hexadecimal digits");
            return;
        }
        Standing now = ledger.standing();
        Optional<PendingTransfer> found =
                now.state().account().pending().find(new PendingId(ByteString.parseHex(id)));
        if (found.isEmpty()) {
            Problems.send(request, response, ApiFault.HOLD_UNKNOWN);
        } else {
            Responses.json(response, hold(found.get(), now.height()));
        }
    }

    /// What an account holds, of each asset that ever moved on it.
    private static List<Account> held(AccountState accounts, AccountId id) {
        return accounts.balances().listTotals().keySet().stream()
                .filter(asset -> accounts.balances().isUsed(id, asset))
                .map(asset -> accounts.balances().account(id, asset))
                .toList();
    }

    private static SequencedMap<String, Object> balance(Account account) {
        SequencedMap<String, Object> balance = new LinkedHashMap<>();
        balance.put("asset", account.asset().code());
        balance.put("debits", account.debitsPosted().toString());
        balance.put("credits", account.creditsPosted().toString());
        balance.put("pendingDebits", account.debitsPending().toString());
        balance.put("pendingCredits", account.creditsPending().toString());
        balance.put("balance", account.balance().toString());
        return balance;
    }

    private static SequencedMap<String, Object> transfer(TransferRow row) {
        SequencedMap<String, Object> transfer = new LinkedHashMap<>();
        transfer.put("position", row.position().toString());
        transfer.put("asset", row.asset());
        transfer.put("from", row.from());
        transfer.put("to", row.to());
        transfer.put("amount", Long.toString(row.amount()));
        return transfer;
    }

    private static SequencedMap<String, Object> hold(PendingTransfer pending, long height) {
        SequencedMap<String, Object> hold = new LinkedHashMap<>();
        hold.put("id", pending.id().toString());
        hold.put("height", height);
        hold.put("asset", pending.transfer().asset().code());
        hold.put("amount", pending.transfer().amount().toString());
        hold.put("from", pending.transfer().from().toString());
        hold.put("to", pending.transfer().to().toString());
        hold.put("expiresMillis", pending.expiresMillis());
        pending.arbiter().ifPresent(arbiter -> hold.put("arbiter", arbiter.toString()));
        hold.put("reference", pending.reference().toString());
        return hold;
    }

    private static void malformed(ServerRequest request, ServerResponse response, String detail) {
        Problems.send(request, response, ApiFault.PARAMETER_MALFORMED, detail);
    }
}
