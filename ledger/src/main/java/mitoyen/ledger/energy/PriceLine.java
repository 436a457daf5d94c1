package mitoyen.ledger.energy;

import java.time.LocalDate;
import mitoyen.ledger.quantity.Price;

/// The prices in force from a day on, tax excluded, until the next line.
///
/// @param from the first local day
/// @param local what a member pays another where the seller names no price of his own
/// @param supplier the part of the supplier's price that local energy replaces
/// @param feedIn what surplus fetches elsewhere
/// @param communityFee what the community collects on what a member buys from others
/// @param networkFee what the community collects for the network; 0 where the supplier bills it
public record PriceLine(
        LocalDate from,
        Price local,
        Price supplier,
        Price feedIn,
        Price communityFee,
        Price networkFee) {}
