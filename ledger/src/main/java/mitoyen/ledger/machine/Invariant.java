package mitoyen.ledger.machine;

import java.util.List;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.quantity.Money;

/// What must hold after every transaction, whatever it was (LE-58). If it does not, this program is
/// wrong: the node halts rather than go on.
final class Invariant {
    private Invariant() {}

    /// Every asset's debits equal its credits, and a clearing account that was used is at 0 again.
    static void checkAll(State state, List<Event> events) {
        state.accounts()
                .listTotals()
                .forEach((asset, totals) ->
                        check(
                                totals.debits().equals(totals.credits()),
                                "debits equal credits of " + asset));
        for (Event event : events) {
            switch (event) {
                case Event.Energy(EnergyEvent.MonthClaimed(var claim)) ->
                        check(
                                cleared(state, claim.community()),
                                "the clearing account of " + claim.community() + " is at 0");
                case Event.Energy _, Event.TransactionAccepted _, Event.Transferred _ -> {}
            }
        }
    }

    /// Always on, unlike an assertion of the language.
    ///
    /// @throws IllegalStateException if it does not hold
    static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("the ledger is broken: it does not hold that " + what);
        }
    }

    private static boolean cleared(State state, String id) {
        EnergyState.Community community = state.energy().findCommunity(id).orElseThrow();
        Accounts accounts = state.accounts();
        return accounts.balance(community.clearing(), community.claims()).equals(Money.ZERO);
    }
}
