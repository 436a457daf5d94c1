package mitoyen.node.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import mitoyen.consensus.Hash;
import mitoyen.node.books.Anchor;
import org.junit.jupiter.api.Test;

/// What `verify` prints of what it could not do again.
final class VerificationResultTest {
    @Test
    void namesTenAtMostAndCountsTheRest() {
        assertThat(resultWith(10).lines()).hasSize(11).last().isEqualTo("not recomputed: day 10");
        assertThat(resultWith(12).lines())
                .hasSize(12)
                .startsWith(resultWith(12).toString())
                .contains("not recomputed: day 10")
                .last()
                .isEqualTo("not recomputed: … and 2 more");
        assertThat(resultWith(12).toString()).endsWith(" unchecked=12");
        assertThat(resultWith(0).lines()).containsExactly(resultWith(0).toString());
    }

    private static Verification.Result resultWith(int unchecked) {
        List<String> days =
                IntStream.rangeClosed(1, unchecked).mapToObj(each -> "day " + each).toList();
        Anchor anchor = new Anchor(3, 3, Hash.of(new byte[32]));
        return new Verification.Result(anchor, true, days, true, 0, 3);
    }
}
