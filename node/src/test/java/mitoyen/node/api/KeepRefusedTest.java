package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.keys.Keys;
import mitoyen.node.readings.Progress;
import mitoyen.node.running.Keep;
import mitoyen.node.running.Street;
import mitoyen.node.settlement.LedgerPort;
import mitoyen.node.settlement.Settlement;
import mitoyen.node.settlement.SettlementRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever settles needs all blocks (JO-38, decision 0022): what would take them away, or settle
/// without them, is refused in one line, and nothing is changed.
class KeepRefusedTest {
    private static final Beginning FOUNDED =
            new Beginning.Founded("rue", Optional.of("Europe/Paris"), Optional.of("EUR"));

    @TempDir private Path folder;

    @Test
    void aLedgerThatIsSettledKeepsItsBlocks() throws Exception {
        Optional<Path> in = Optional.of(folder.resolve("in"));
        InboxFolder inbox = new InboxFolder(folder.resolve("in"));
        try (RunningNode _ = start("node", FOUNDED, new Keep.All(), in)) {
            inbox.drop("community.yaml", InboxFolder.COMMUNITY);
            inbox.drop("a.csv", InboxFolder.readings("2025-06-01", "1.5"));
            InboxFolder.await(() -> inbox.settled().size() == 4);
        }
        String refusal = ": a community is settled on this ledger, which needs all blocks";
        assertThatThrownBy(() -> start("node", FOUNDED, new Keep.Days(30), Optional.empty()))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining(refusal);
        Files.move(folder.resolve("node/vault"), folder.resolve("vault"));
        assertThatThrownBy(() -> start("node", FOUNDED, new Keep.Days(30), Optional.empty()))
                .as("the community is on the ledger")
                .hasMessageContaining(refusal);
    }

    @Test
    void aLedgerOfVersion1IsThereToBeSettledOn() throws Exception {
        Path genesis = Files.write(folder.resolve("genesis.cbor"), Street.genesis().toBytes());
        Beginning first = new Beginning.FromFile(genesis);
        assertThatThrownBy(() -> start("first", first, new Keep.Blocks(5), Optional.empty()))
                .hasMessageContaining("a community is settled on this ledger");
        start("first", first, new Keep.All(), Optional.empty()).close();
    }

    @Test
    void aPrunedLedgerHasNoInbox() throws Exception {
        PrunedFolder.startPruned(folder).close();
        Optional<Path> in = Optional.of(folder.resolve("in"));
        assertThatThrownBy(() -> start("node", new Beginning.Existing(), new Keep.All(), in))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("were pruned, and whoever settles needs all blocks");
        start("node", new Beginning.Existing(), new Keep.All(), Optional.empty()).close();
    }

    @Test
    void aPrunedLedgerIsNotSettledOn() throws Exception {
        PrunedFolder.startPruned(folder).close();
        Path street = folder.resolve("node");
        Keys.ensure(street.resolve("keys"), List.of("ana"), new RealDisk(), new SecureRandom());
        Path community = Files.writeString(folder.resolve("c.yaml"), InboxFolder.COMMUNITY);
        Path readings =
                Files.writeString(
                        folder.resolve("a.csv"), InboxFolder.readings("2025-06-01", "1.5"));
        SettlementRequest request =
                new SettlementRequest(
                        community, List.of(readings), street, false, false, false, 36);
        assertThatThrownBy(() ->
                        Settlement.run(
                                CommunityFile.read(community),
                                request,
                                new RealDisk(),
                                LedgerPort.ownedBy(new RealDisk()),
                                new SecureRandom(),
                                Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("were pruned");
        assertThat(street.resolve("vault")).doesNotExist();
    }

    private RunningNode start(String name, Beginning beginning, Keep keep, Optional<Path> inbox)
            throws Exception {
        return RunningNode.start(
                new NodeConfiguration(
                        folder.resolve(name),
                        beginning,
                        "127.0.0.1",
                        0,
                        1_000,
                        keep,
                        inbox,
                        InboxOptions.STANDARD,
                        Level.INFO,
                        NodeFixture.LIMITS),
                new RealDisk(),
                new SecureRandom(),
                InstantSource.system());
    }
}
