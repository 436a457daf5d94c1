package mitoyen.ledger.energy;

import mitoyen.ledger.quantity.Money;

/// What is owed in a billing period to the two accounts that are no member's (EN-43).
///
/// @param period the billing period, such as `2025-10`
/// @param community the community's fees, and what it sold where energy was allocated although
///   nobody sold any
/// @param networkOperator the network's fees that the community collects for the operator
public record PeriodAccounts(String period, Money community, Money networkOperator) {}
