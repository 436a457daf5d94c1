package mitoyen.node.settlement;

import java.util.List;
import mitoyen.node.books.Anchor;
import mitoyen.node.books.Books;

/// What a settlement did.
///
/// @param settled how many days were settled for the first time
/// @param corrected how many were settled anew
/// @param unchanged how many were already settled with the same readings
/// @param waiting the months whose new days no claim on the ledger covers yet
/// @param anchor where the ledger stands
/// @param books everything the folder ever settled
public record SettlementReport(
        int settled,
        int corrected,
        int unchanged,
        List<String> waiting,
        Anchor anchor,
        Books books) {
    public SettlementReport {
        waiting = List.copyOf(waiting);
    }
}
