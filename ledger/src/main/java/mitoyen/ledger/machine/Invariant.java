package mitoyen.ledger.machine;

import java.util.List;
import mitoyen.ledger.account.AccountEvent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.AssetTerms;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyState;
import mitoyen.ledger.quantity.Amount;

/// What must hold after every transaction, whatever it was (LE-58). If it does not, this program is
/// wrong: the node halts rather than go on.
final class Invariant {
    private Invariant() {}

    /// Every asset's debits equal its credits, pending as posted, and what is pending equals what
    /// is reserved; a clearing account that was used is at 0 again.
    ///
    /// @param state after all of a transaction's events
    static void checkAll(State state, List<Event> events) {
        state.accounts().listTotals().forEach((asset, totals) -> check(state, asset, totals));
        for (Event event : events) {
            if (event instanceof Event.Energy(EnergyEvent.MonthClaimed(var claim))) {
                check(
                        cleared(state, claim.community()),
                        "the clearing account of " + claim.community() + " is at 0");
            }
        }
    }

    /// No account that something just went from owes more than it may, and no more of an asset is
    /// out than its cap. That holds when it goes: a later step of the same transaction may lower
    /// the limit.
    ///
    /// @param state right after the event
    static void checkLimits(State state, Event event) {
        if (event instanceof Event.Account(AccountEvent.Moved(var transfer, _))) {
            checkLimit(state, transfer);
        }
        if (event instanceof Event.Account(AccountEvent.Reserved(var pending))) {
            checkLimit(state, pending.transfer());
        }
    }

    private static void check(State state, Asset asset, Accounts.Totals totals) {
        check(totals.debits().equals(totals.credits()), "debits equal credits of " + asset);
        check(
                totals.debitsPending().equals(totals.creditsPending()),
                "pending debits equal pending credits of " + asset);
        Amount reserved = state.account().pending().listSums().getOrDefault(asset, Amount.ZERO);
        check(
                totals.debitsPending().equals(reserved),
                "what is pending of " + asset + " is what is reserved");
    }

    /// What an account owes, with what is reserved of it, is within its limit; what was issued and
    /// not burnt is within the cap.
    private static void checkLimit(State state, Transfer transfer) {
        AssetTerms terms = state.account().findAsset(transfer.asset()).orElseThrow();
        AccountId payer = transfer.from();
        Amount owing =
                payer.equals(AccountId.issuance(transfer.asset()))
                        ? terms.cap()
                        : state.account().limit(payer, terms).owing();
        Amount owed =
                Amount.ZERO.minus(state.accounts().account(payer, transfer.asset()).available());
        check(
                owed.compareTo(owing) <= 0,
                payer + " owes no more of " + terms.asset() + " than it may");
        check(
                state.accounts()
                                .balance(AccountId.issuance(transfer.asset()), transfer.asset())
                                .units()
                        <= 0,
                "no more of " + transfer.asset() + " was burnt than minted");
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
        return accounts.balance(community.clearing(), community.claims()).equals(Amount.ZERO);
    }
}
