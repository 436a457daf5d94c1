package mitoyen.ledger.energy;

/// What happened in the energy contract: the only thing that changes its state.
public sealed interface EnergyEvent {
    /// A community was founded.
    record CommunityFounded(EnergyTransaction.FoundCommunity founding) implements EnergyEvent {}

    /// A day was settled, or settled anew.
    record DaySettled(EnergyTransaction.SettleDay settlement) implements EnergyEvent {}

    /// A month's claims were made; the transfers they became are events of the accounts.
    record MonthClaimed(EnergyTransaction.ClaimMonth claim) implements EnergyEvent {}
}
