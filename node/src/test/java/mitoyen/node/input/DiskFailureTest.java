package mitoyen.node.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

/// The platform's failures, each in a line that names the file and what to do.
final class DiskFailureTest {
    @Test
    void saysWhatIsWrongWhereThePlatformSaysTheNameAlone() {
        assertThat(new NotDirectoryException("a")).hasMessage("a");
        assertThat(DiskFailure.describe(new NotDirectoryException("a")))
                .isEqualTo("a: a file, not a folder; move it away or name another");
        assertThat(DiskFailure.describe(new DirectoryNotEmptyException("a")))
                .isEqualTo(
                        "a: refused by the system; check the path and the room on the disk, then"
                                + " run this again");
    }

    @Test
    void keepsTheReasonOfThePlatformAndAMessageOfOurs() {
        assertThat(DiskFailure.describe(new FileSystemException("a", null, "Read-only")))
                .isEqualTo(
                        "a: Read-only; check the path and the room on the disk, then run this"
                                + " again");
        assertThat(DiskFailure.describe(new IOException("a: ours; mend it")))
                .isEqualTo("a: ours; mend it");
    }
}
