package mitoyen.node.inbox;

import java.io.IOException;
import java.util.Optional;
import mitoyen.node.books.Anchor;
import mitoyen.node.community.Community;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.SettlementRequest;

/// What becomes of the readings that arrive in an inbox.
public interface Treatment {
    /// The community that readings without a description are of; nothing where there is none yet.
    ///
    /// @throws Refused if somebody else settles there
    /// @throws IOException if a part is missing or does not hold
    Optional<Community> findCommunity() throws Refused, IOException;

    /// Takes readings in, all of them or none.
    ///
    /// @throws InputMistakes if the input is bad
    /// @throws Refused if it is understood and refused
    /// @throws IOException if something cannot be read or written
    Outcome take(Community community, SettlementRequest request)
            throws InputMistakes, Refused, IOException;

    /// What came of them.
    ///
    /// @param fresh days that were not settled before
    /// @param settled whether these are settled now, or wait for others
    /// @param corrected days that were settled with other readings
    /// @param unchanged days that had been settled with the same
    /// @param anchor where the ledger stands
    record Outcome(int fresh, boolean settled, int corrected, int unchanged, Anchor anchor) {}
}
