package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;

/// What transactions will look up in the state, as far as they say it themselves: who sends, who
/// pays and who is paid.
final class LookAhead {
    private final List<ByteString> ids = new ArrayList<>();
    private final List<ByteString> senders = new ArrayList<>();
    private final List<ByteString> holders = new ArrayList<>();
    private final List<ByteString> accounts = new ArrayList<>();

    private LookAhead() {}

    /// Brings it near.
    static void lookAhead(State state, List<VerifiedTransaction> transactions) {
        LookAhead ahead = new LookAhead();
        for (VerifiedTransaction each : transactions) {
            if (each.transaction() instanceof Transaction.Version2 transaction) {
                ahead.ids.add(Traffic.key(transaction.sender(), transaction.id()));
                ahead.senders.add(transaction.sender().bytes());
                transaction.steps().forEach(ahead::add);
            }
        }
        state.traffic().windows().values().forEach(window -> window.lookAhead(ahead.ids));
        state.traffic().senders().lookAhead(ahead.senders);
        state.account().holders().lookAhead(ahead.holders);
        state.accounts().entries().lookAhead(ahead.accounts);
    }

    private void add(Step step) {
        if (step instanceof Step.Account(AccountTransaction.Move move)) {
            add(move.asset(), move.from(), move.to());
        } else if (step instanceof Step.Account(AccountTransaction.Reserve reserve)) {
            add(reserve.asset(), reserve.from(), reserve.to());
        }
    }

    private void add(Asset asset, AccountId from, AccountId to) {
        holders.add(from.bytes());
        holders.add(to.bytes());
        accounts.add(asset.keyOf(from));
        accounts.add(asset.keyOf(to));
    }
}
