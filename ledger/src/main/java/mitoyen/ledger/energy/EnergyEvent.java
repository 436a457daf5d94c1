package mitoyen.ledger.energy;

import java.time.LocalDate;
import java.util.OptionalLong;
import mitoyen.ledger.account.AccountId;

/// What happened in the energy contract: the only thing that changes its state.
public sealed interface EnergyEvent {
    /// A community was founded.
    record CommunityFounded(EnergyTransaction.FoundCommunity founding) implements EnergyEvent {}

    /// A day was settled, or settled anew.
    record DaySettled(EnergyTransaction.SettleDay settlement) implements EnergyEvent {}

    /// A month's claims were made; the transfers they became are events of the accounts.
    record MonthClaimed(EnergyTransaction.ClaimMonth claim) implements EnergyEvent {}

    /// A settler proposed a day's settlement, instead of the one that he proposed before.
    record DayProposed(AccountId proposer, EnergyTransaction.SettleDay settlement)
            implements EnergyEvent {}

    /// A settler attested a root of what another proposed.
    record DayAttested(
            String community,
            LocalDate day,
            AccountId proposer,
            SettledRoot kind,
            AccountId settler)
            implements EnergyEvent {}

    /// A settler came to another root of a day.
    record DayDissented(String community, LocalDate day, AccountId proposer, Objection dissent)
            implements EnergyEvent {}

    /// A settler made claims for a month; they wait.
    ///
    /// @param dueMillis until when at least [ms since 1970]
    record ClaimProposed(AccountId proposer, EnergyTransaction.ClaimMonth claim, long dueMillis)
            implements EnergyEvent {}

    /// A settler attested claims that wait.
    record ClaimAttested(String community, String month, AccountId proposer, AccountId settler)
            implements EnergyEvent {}

    /// A settler objects to claims that wait.
    record ClaimObjected(String community, String month, AccountId proposer, Objection objection)
            implements EnergyEvent {}

    /// The time of claims is over, and they wait for a quorum since somebody objects.
    record ClaimHeld(String community, String month, AccountId proposer) implements EnergyEvent {}

    /// Claims wait no more: they or others of the month are made, others took their place, or a
    /// quorum cannot be had any more.
    ///
    /// @param timerMillis when their timer would have been due [ms since 1970]; empty if it fired
    record ClaimDropped(
            String community, String month, AccountId proposer, OptionalLong timerMillis)
            implements EnergyEvent {}
}
