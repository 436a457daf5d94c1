package mitoyen.node.page;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import mitoyen.node.statement.Statement;

/// What the pages read: a settled folder, as it stood when it was last opened.
interface Records {
    /// All that fits on one page.
    Street street();

    /// The intervals of a settled day.
    ///
    /// @throws IOException if the vault cannot be read
    DayCurve curve(LocalDate date) throws IOException;

    /// The statement of a member and a billing period.
    Optional<Statement> findStatement(String member, String period);

    /// The block at a height, in the words of a reader.
    Optional<BlockView> findBlock(long height, Frame frame);

    /// What a member's day hangs on: the bytes, the paths and the blocks between them and a root.
    ///
    /// @param kind `readings` or `allocations`
    /// @param root the root of the height up to which to prove; the latest where it is of no height
    /// @throws IOException if the vault cannot be read
    Optional<DayProof> findProof(String member, LocalDate date, String kind, String root)
            throws IOException;
}
