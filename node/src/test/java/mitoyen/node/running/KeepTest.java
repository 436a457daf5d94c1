package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import mitoyen.consensus.Application;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.embedded.EmbeddedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepTest {
    private static final long DAY = 86_400_000;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1,  10",
        "2, 9",
        "9, 2",
        "10, 1",
        "11, 1",
        "999999999999, 1",
    })
    void theLastSoManyBlocksStay(long blocks, long first) throws Exception {
        try (EmbeddedEngine engine = engine(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)) {
            assertThat(new Keep.Blocks(blocks).firstHeight(engine.store(), 10)).isEqualTo(first);
            assertThat(new Keep.All().firstHeight(engine.store(), 10)).isEqualTo(1);
        }
    }

    @Test
    void aBlockOfExactlySoManyDaysAgoMayGo() throws Exception {
        try (EmbeddedEngine engine = engine(5, 5 + DAY - 1, 5 + DAY, 5 + DAY + 1, 5 + 2 * DAY)) {
            assertThat(new Keep.Days(1).firstHeight(engine.store(), 5)).isEqualTo(4);
            assertThat(new Keep.Days(2).firstHeight(engine.store(), 5)).isEqualTo(2);
            assertThat(new Keep.Days(3).firstHeight(engine.store(), 5)).isEqualTo(1);
            assertThat(new Keep.Days(1).firstHeight(engine.store(), 1)).isEqualTo(1);
        }
    }

    @Test
    void daysAreThoseThatOneByOneComparisonGives() throws Exception {
        Random random = new Random(4);
        long[] times = new long[60];
        for (int i = 0; i < times.length; i++) {
            times[i] = (i == 0 ? 0 : times[i - 1]) + random.nextLong(1, DAY);
        }
        try (EmbeddedEngine engine = engine(times)) {
            for (int days = 1; days < 40; days++) {
                int first = 0;
                while (times[first] <= times[times.length - 1] - days * DAY) {
                    first++;
                }
                assertThat(new Keep.Days(days).firstHeight(engine.store(), times.length))
                        .isEqualTo(first + 1);
            }
        }
    }

    /// A ledger of empty blocks of these times [ms since 1970].
    private EmbeddedEngine engine(long... times) throws Exception {
        Application nothing =
                new Application() {
                    private final Hash hash = Hash.of(new byte[Hash.LENGTH]);

                    @Override
                    public Hash appHash() {
                        return hash;
                    }

                    @Override
                    public BlockResult finalizeBlock(
                            long height, long timeMillis, List<byte[]> bundles) {
                        return new BlockResult(hash, hash);
                    }

                    @Override
                    public void commit() {
                        // There is nothing to adopt.
                    }
                };
        EmbeddedEngine engine =
                EmbeddedEngine.open(
                        new RealDisk(), folder.resolve("ledger"), new byte[1], nothing, _ -> {});
        for (long time : times) {
            engine.submit(List.of(new Proposal(time, List.of())));
        }
        return engine;
    }
}
