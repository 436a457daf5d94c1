package mitoyen.node.views;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mitoyen.ledger.account.AccountId;
import mitoyen.node.running.Happened;
import mitoyen.node.running.History.Balance;

/// What moved in some blocks, added up by account and asset: of an account that moves often one row
/// is written, and rows are written in the order in which they lie.
final class Movements {
    private final Map<Held, Sum> sums = new HashMap<>();

    void add(Happened.Movement movement) {
        of(movement.from(), movement.asset()).debit(movement.posted(), movement.pending());
        of(movement.to(), movement.asset()).credit(movement.posted(), movement.pending());
    }

    /// By how much each balance changed, by account and asset; what is pending may have become
    /// less.
    List<Balance> sums() {
        return sums.entrySet().stream()
                .map(each -> each.getValue().of(each.getKey()))
                .sorted(Comparator.comparing(Balance::account).thenComparing(Balance::asset))
                .toList();
    }

    private Sum of(AccountId account, String asset) {
        return sums.computeIfAbsent(new Held(account, asset), _ -> new Sum());
    }

    private record Held(AccountId account, String asset) {}

    private static final class Sum {
        private long debits;
        private long credits;
        private long pendingDebits;
        private long pendingCredits;

        void debit(long posted, long pending) {
            debits = Math.addExact(debits, posted);
            pendingDebits = Math.addExact(pendingDebits, pending);
        }

        void credit(long posted, long pending) {
            credits = Math.addExact(credits, posted);
            pendingCredits = Math.addExact(pendingCredits, pending);
        }

        Balance of(Held held) {
            return new Balance(
                    held.account.toString(),
                    held.asset,
                    debits,
                    credits,
                    pendingDebits,
                    pendingCredits);
        }
    }
}
