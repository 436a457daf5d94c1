package mitoyen.ledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import mitoyen.ledger.machine.Genesis;
import org.junit.jupiter.api.Test;

/// A ledger of version 2 or later and its record (LE-59): what comes of the rows is what was
/// recorded, and what was recorded comes of its bytes alone.
interface RecordedCase {
    /// The file of the [Recording].
    String record();

    Genesis genesis();

    /// The rows, a block each.
    List<String> rows();

    /// The same, as it began under version 2.
    static Genesis ofVersion2(Genesis newest) {
        return new Genesis(
                newest.name(),
                newest.founder(),
                2,
                newest.parameters(),
                newest.assets(),
                newest.governance());
    }

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
