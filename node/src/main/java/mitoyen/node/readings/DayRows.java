package mitoyen.node.readings;

import java.io.IOException;

/// The rows of one day.
@FunctionalInterface
interface DayRows {
    /// Hands them over.
    ///
    /// @throws IOException if the disk fails
    void read(Spill.Cells cells) throws IOException;
}
