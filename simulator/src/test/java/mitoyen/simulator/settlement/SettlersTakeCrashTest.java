package mitoyen.simulator.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import mitoyen.consensus.disk.Disk;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.keys.Keys;
import mitoyen.node.keys.SharedSalts;
import mitoyen.node.settlement.CommunityCodec;
import mitoyen.node.settlement.SettlersFolder;
import mitoyen.node.vault.Vault;
import mitoyen.simulator.faults.Crash;
import mitoyen.simulator.faults.FaultyDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A settler's machine loses its power at every write with which he takes the shared file in: taken
/// in again, all is there.
class SettlersTakeCrashTest {
    private static final SecureRandom CHANCE = new FixedChance(4);

    @TempDir private Path folder;

    @Test
    void a_crash_at_any_write_is_made_good_by_taking_the_file_again() throws Exception {
        Path terms = Files.writeString(folder.resolve("community.yaml"), Street.LANE);
        Community community = CommunityFile.read(terms);
        SharedSalts salts =
                SharedSalts.fresh(
                        "lane",
                        community.details().keySet(),
                        CommunityCodec.encode(community),
                        CHANCE);
        int crashes = 0;
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            Path home = folder.resolve("settler-" + step);
            crashed = crashes(home, salts, FaultyDisk.crashingAt(step, 1));
            crashes += crashed ? 1 : 0;
            SettlersFolder.take(home, salts, FaultyDisk.sound(), CHANCE);
            Keys keys = Keys.find(home.resolve("keys")).orElseThrow();
            assertThat(keys.community().salt()).isEqualTo(salts.salt());
            salts.members()
                    .forEach((id, salt) ->
                            assertThat(Objects.requireNonNull(keys.members().get(id), id).salt())
                                    .as(id)
                                    .isEqualTo(salt));
            try (Vault vault =
                    Vault.find(home.resolve("vault"), FaultyDisk.sound()).orElseThrow()) {
                Optional<byte[]> kept =
                        vault.findTerms(
                                CommunityCodec.commitment(community.terms(), salts.salt()),
                                keys.community().vault());
                assertThat(CommunityCodec.decode(kept.orElseThrow())).isEqualTo(community);
            }
        }
        assertThat(crashes).isGreaterThan(5);
    }

    private static boolean crashes(Path home, SharedSalts salts, Disk disk) throws Exception {
        try {
            SettlersFolder.take(home, salts, disk, CHANCE);
            return false;
        } catch (Crash crash) {
            return true;
        }
    }
}
