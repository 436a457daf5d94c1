package mitoyen.ledger.machine;

import java.util.List;
import java.util.function.Supplier;
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
        for (Event event : events) {
            switch (event) {
                case Event.Energy(EnergyEvent.MonthClaimed(var claim)) ->
                        check(
                                cleared(state, claim.community()),
                                () -> "the clearing account of " + claim.community() + " is at 0");
                case Event.Transferred(var transfer) -> checkSums(state, transfer.asset());
                case Event.Account(AccountEvent.Moved(var transfer, _)) ->
                        checkSums(state, transfer.asset());
                case Event.Account(AccountEvent.Reserved(var pending)) ->
                        checkSums(state, pending.transfer().asset());
                case Event.Account(AccountEvent.Posted(var pending, _)) ->
                        checkSums(state, pending.transfer().asset());
                case Event.Account(AccountEvent.Voided(var pending)) ->
                        checkSums(state, pending.transfer().asset());
                case Event.Account(AccountEvent.Expired(var pending)) ->
                        checkSums(state, pending.transfer().asset());
                case Event.Energy _,
                        Event.Account _,
                        Event.Governance _,
                        Event.TransactionAccepted _,
                        Event.TransactionTaken _,
                        Event.IdsForgotten _,
                        Event.TimerSet _,
                        Event.TimerCancelled _,
                        Event.TimerFired _,
                        Event.Activated _ -> {}
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

    /// The sums of an asset that moved. Of the others none changed, so that they hold as before.
    private static void checkSums(State state, Asset asset) {
        Accounts.Totals totals = state.accounts().totals(asset);
        check(totals.debits().equals(totals.credits()), () -> "debits equal credits of " + asset);
        check(
                totals.debitsPending().equals(totals.creditsPending()),
                () -> "pending debits equal pending credits of " + asset);
        Amount reserved = state.account().pending().sum(asset);
        check(
                totals.debitsPending().equals(reserved),
                () -> "what is pending of " + asset + " is what is reserved");
    }

    /// What an account owes, with what is reserved of it, is within its limit; what was issued and
    /// not burnt is within the cap.
    private static void checkLimit(State state, Transfer transfer) {
        AssetTerms terms = state.account().findAsset(transfer.asset()).orElseThrow();
        AccountId payer = transfer.from();
        AccountId issuance = AccountId.issuance(transfer.asset());
        Amount owing =
                payer.equals(issuance) ? terms.cap() : state.account().limit(payer, terms).owing();
        Amount owed =
                Amount.ZERO.minus(state.accounts().account(payer, transfer.asset()).available());
        check(
                owed.compareTo(owing) <= 0,
                () -> payer + " owes no more of " + terms.asset() + " than it may");
        check(
                state.accounts().balance(issuance, transfer.asset()).units() <= 0,
                () -> "no more of " + transfer.asset() + " was burnt than minted");
    }

    /// Always on, unlike an assertion of the language.
    ///
    /// @param what it is, in words that are made only if it does not hold
    /// @throws IllegalStateException if it does not hold
    static void check(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new IllegalStateException(
                    "the ledger is broken: it does not hold that " + what.get());
        }
    }

    private static boolean cleared(State state, String id) {
        EnergyState.Community community = state.energy().findCommunity(id).orElseThrow();
        Accounts accounts = state.accounts();
        return accounts.balance(community.clearing(), community.claims()).equals(Amount.ZERO);
    }
}
