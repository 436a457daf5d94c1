package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
    @Test
    void partsAreClosedFromTheLastToTheFirstAlsoWhereOneCannotBe() {
        List<String> closed = new ArrayList<>();
        OpenParts parts = new OpenParts();
        AutoCloseable _ = parts.add(() -> closed.add("lock"));
        AutoCloseable _ =
                parts.add(() -> {
                    throw new IOException("stuck");
                });
        AutoCloseable _ = parts.add(() -> closed.add("server"));
        IOException failure = new IOException("no inbox");

        parts.closeAfter(failure);

        assertThat(closed).containsExactly("server", "lock");
        assertThat(failure.getSuppressed())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("stuck");
    }
}
