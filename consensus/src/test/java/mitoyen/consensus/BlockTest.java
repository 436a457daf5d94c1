package mitoyen.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The form and the hash of a block, against values that a Python script of twenty lines gave.
class BlockTest {
    private static final Hash GENESIS = Block.genesisHash(ascii("street"));
    private static final Application.BlockResult RESULT =
            new Application.BlockResult(filled(0xaa), filled(0xbb));

    @Test
    void hashesAreThoseOfTheSpecification() { // JO-1
        Block block = block(List.of(ascii("one"), ascii(""), ascii("three")));
        assertThat(GENESIS)
                .hasToString("fb78c740702e3750aa34980f567cff269a84e04c9b5424faa2b95d1b60d63dd3");
        assertThat(block.bundlesHash())
                .hasToString("c440d006740960411327b69a64e5c2b62de1c8f48330036c52d09fe9e4b963bf");
        assertThat(block.hash())
                .hasToString("aefc47ee40d1b78583e634a8993844f4b02e0297bd15ba15417e3fbd5dd4fd18");
    }

    @Test
    void theHeaderHasTheFieldsOfTheSpecificationInOrder() { // JO-2
        Block block = block(List.of(ascii("one"), ascii(""), ascii("three")));
        assertThat(HexFormat.of().formatHex(block.header()))
                .isEqualTo(
                        "0000000000000001"
                                + "0000018bcfe56800"
                                + GENESIS
                                + block.bundlesHash()
                                + "aa".repeat(32)
                                + "bb".repeat(32));
    }

    @Test
    void bundlesThatAreCutElsewhereGiveAnotherHash() { // JO-1
        assertThat(block(List.of(ascii("ab"), ascii("c"))).hash())
                .isNotEqualTo(block(List.of(ascii("a"), ascii("bc"))).hash())
                .isNotEqualTo(block(List.of(ascii("abc"))).hash())
                .isNotEqualTo(block(List.of(ascii("ab"), ascii("c"), ascii(""))).hash())
                .isEqualTo(block(List.of(ascii("ab"), ascii("c"))).hash());
    }

    @Test
    void limitsHold() { // JO-4
        int rest = Block.MAX_BYTES - Block.HEADER_BYTES - 2 * Integer.BYTES;
        assertThat(block(List.of(new byte[rest])).bundles()).hasSize(1);
        assertThatThrownBy(() -> block(List.of(new byte[rest + 1])))
                .isInstanceOf(IllegalArgumentException.class);
        List<byte[]> tooMany = Collections.nCopies(Block.MAX_BUNDLES + 1, new byte[0]);
        assertThat(block(tooMany.subList(1, tooMany.size())).bundles()).hasSize(Block.MAX_BUNDLES);
        assertThatThrownBy(() -> block(tooMany)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Block(0, 1, GENESIS, RESULT, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Block block(List<byte[]> bundles) {
        return new Block(1, 1_700_000_000_000L, GENESIS, RESULT, bundles);
    }

    private static Hash filled(int value) {
        byte[] bytes = new byte[Hash.LENGTH];
        Arrays.fill(bytes, (byte) value);
        return Hash.of(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
