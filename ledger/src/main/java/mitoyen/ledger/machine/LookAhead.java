package mitoyen.ledger.machine;

import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.AccountTransaction;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.MerkleMap;

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
        if (!isWorthwhile(state)) {
            return;
        }
        LookAhead ahead = new LookAhead();
        for (VerifiedTransaction each : transactions) {
            if (each.transaction() instanceof Transaction.Version2 transaction) {
                ahead.ids.add(Traffic.key(transaction.sender(), transaction.id()));
                ahead.senders.add(transaction.sender().bytes());
                for (Step step : transaction.steps()) {
                    ahead.add(step);
                }
            }
        }
        for (MerkleMap<IdEntry> window : state.traffic().windows().values()) {
            window.lookAhead(ahead.ids);
        }
        state.traffic().senders().lookAhead(ahead.senders);
        state.account().holders().lookAhead(ahead.holders);
        state.accounts().entries().lookAhead(ahead.accounts);
    }

    private static boolean isWorthwhile(State state) {
        for (MerkleMap<IdEntry> window : state.traffic().windows().values()) {
            if (window.isLarge()) {
                return true;
            }
        }
        return state.traffic().senders().isLarge()
                || state.account().holders().isLarge()
                || state.accounts().entries().isLarge();
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
