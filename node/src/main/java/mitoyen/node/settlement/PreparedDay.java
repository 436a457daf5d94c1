package mitoyen.node.settlement;

import java.util.Optional;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.node.books.SettledDay;
import mitoyen.node.output.CsvText;
import mitoyen.node.vault.SealedDay;

/// A day with all that is to be written of it. What computing it takes is done on any thread, for
/// many days at once; what is written is written in the order of their dates.
///
/// @param day the day
/// @param rows its rows of `allocations.csv`
/// @param entry what goes into the vault and on the ledger; empty where it is there already
record PreparedDay(SettledDay day, CsvText rows, Optional<Entry> entry) {
    /// What makes a day a settled one.
    ///
    /// @param sealed its readings
    /// @param settlement its transaction
    record Entry(SealedDay sealed, SettleDay settlement) {}
}
