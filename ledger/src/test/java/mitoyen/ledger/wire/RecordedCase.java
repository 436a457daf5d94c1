package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.ledger.machine.Genesis;
import org.junit.jupiter.api.Test;

/// A ledger of version 2 and its record (LE-59): what comes of the rows is what was recorded, and
/// what was recorded comes of its bytes alone.
interface RecordedCase {
    /// The file of the [Recording].
    String record();

    Genesis genesis();

    /// The rows, a block each.
    List<String> rows();

    @Test
    default void bytesAndRootsAreThoseOfTheRecord() {
        assertThat(Recording.of(genesis(), rows()).text())
                .isEqualTo(Recording.read(record()).text());
    }

    @Test
    default void theRecordIsExecutedFromItsBytesAlone() {
        assertThat(Recording.read(record()).execute()).hasSameSizeAs(rows());
    }
}
