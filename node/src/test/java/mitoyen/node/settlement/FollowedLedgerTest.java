package mitoyen.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Block;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.keys.CommunityKeys;
import mitoyen.node.keys.Secret;
import mitoyen.node.running.LoneLedger;
import mitoyen.node.running.People;
import mitoyen.node.running.RunningLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever settles on a node's ledger executes each of its blocks once, however often he settles.
class FollowedLedgerTest {
    private static final int BLOCKS = 5;

    private final Genesis genesis = People.genesis();
    private final CommunityKeys keys = new CommunityKeys(secret(1), secret(2), secret(3));
    private final Grown live = new Grown();

    @TempDir private Path folder;

    @BeforeEach
    void makeBlocks() throws Exception {
        People people = new People(genesis);
        RunningLedger ledger =
                RunningLedger.open(
                        new RealDisk(),
                        folder.resolve("ledger"),
                        folder.resolve("snapshots"),
                        100,
                        genesis);
        try (LoneLedger lone = new LoneLedger(ledger, (_, _) -> {})) {
            for (int i = 0; i < BLOCKS; i++) {
                lone.submit(people.open("member " + i));
                live.blocks.add(ledger.findBlock(i + 1).orElseThrow());
            }
        }
    }

    @Test
    void aSecondSettlementReadsTheBlocksThatCameSinceTheFirst() throws Exception {
        live.height = 3;
        FollowedLedger first = FollowedLedger.open(live, genesis, keys);
        assertThat(first.index().height()).isEqualTo(3);
        assertThat(live.read).containsExactly(1L, 2L, 3L);
        live.read.clear();

        live.height = BLOCKS;
        FollowedLedger second = first.again(keys);
        assertThat(live.read).containsExactly(4L, 5L);
        assertThat(second.index().anchor())
                .isEqualTo(FollowedLedger.open(live, genesis, keys).index().anchor());
    }

    @Test
    void nobodyGoesOnFromABlockThatWasNotFollowedToItsEnd() throws Exception {
        live.height = 3;
        FollowedLedger first = FollowedLedger.open(live, genesis, keys);
        assertThat(first.isWhole()).isTrue();

        live.height = BLOCKS;
        live.unreadable = 4;
        assertThatThrownBy(() -> first.submit(List.of())).hasMessage("unreadable");
        assertThat(first.isWhole()).isFalse();
        assertThatThrownBy(() -> first.again(keys)).isInstanceOf(IllegalStateException.class);
    }

    private static Secret secret(int value) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) value;
        return new Secret(bytes);
    }

    /// A ledger of which more and more is seen.
    private static final class Grown implements LiveLedger {
        private final List<Block> blocks = new ArrayList<>();
        private final List<Long> read = new ArrayList<>();
        private long height;
        private long unreadable;

        @Override
        public long height() {
            return height;
        }

        @Override
        public Optional<Block> findBlock(long wanted) throws IOException {
            if (wanted == unreadable) {
                throw new IOException("unreadable");
            }
            read.add(wanted);
            return Optional.of(blocks.get((int) wanted - 1));
        }

        @Override
        public void propose(Maker maker) {
            throw new UnsupportedOperationException();
        }
    }
}
