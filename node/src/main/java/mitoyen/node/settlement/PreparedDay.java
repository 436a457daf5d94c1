package mitoyen.node.settlement;

import java.io.IOException;
import java.util.Optional;
import mitoyen.ledger.energy.EnergyTransaction.SettleDay;
import mitoyen.ledger.proof.Digest;
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
    record Entry(SealedDay sealed, SettleDay settlement) {
        /// @param supersedes the root of the allocations that it takes the place of
        /// @param terms the commitment to the day's terms
        /// @throws IOException if the keys of a member with a meter are missing
        static Entry of(SettledDay day, Optional<Digest> supersedes, Digest terms, Archive archive)
                throws IOException {
            DayTrees trees = DayTrees.of(day, archive.keys());
            return new Entry(
                    SealedDay.of(trees.toVault(terms, archive.keys()), archive::vaultKey),
                    new Recomputation(archive).settlement(day, supersedes, terms, trees));
        }
    }
}
