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
import mitoyen.consensus.abci.AbciAddress;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.community.Community;
import mitoyen.node.community.CommunityFile;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.SettlerSettings;
import mitoyen.node.inbox.InboxFolder;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.keys.KeyFile;
import mitoyen.node.keys.SharedSalts;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.running.Keep;
import mitoyen.node.running.People;
import mitoyen.node.settlement.CommunityCodec;
import mitoyen.node.settlement.SettlersFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a genesis and a configuration must agree on: whether several nodes order the ledger.
class SharedNodeTest {
    @TempDir private Path folder;

    @Test
    void aSharedLedgerNeedsItsEngine() throws Exception {
        assertRefused(People.shared(), Optional.empty(), Optional.empty(), "names validators");
    }

    @Test
    void aLedgerOfOneNodeTakesNoOtherEngine() throws Exception {
        assertRefused(People.genesis(), Optional.empty(), engine(), "names no validators");
    }

    @Test
    void aSharedLedgerIsNotSettledFromAnInboxAlone() throws Exception {
        assertRefused(People.shared(), Optional.of(folder.resolve("inbox")), engine(), "inbox");
    }

    @Test
    void whoOrdersAloneSettlesAlone() throws Exception {
        assertRefused(
                People.genesis(), Optional.empty(), Optional.empty(), settler("lilas"), "settle");
    }

    @Test
    void whoSettlesWithOthersNeedsTheirKeys() throws Exception {
        assertRefused(
                People.shared(),
                Optional.empty(),
                engine(),
                settler("rue"),
                "no keys and no vault");
        assertThat(folder.resolve("node")).doesNotExist();
    }

    @Test
    void whoSettlesWithOthersNamesTheirCommunity() throws Exception {
        takeKeys();
        assertRefused(
                People.shared(),
                Optional.empty(),
                engine(),
                settler("lilas"),
                "settle names lilas, and the keys in the folder are those of rue");
    }

    @Test
    void whatWasOpenedIsClosedWhereASettlerCannotBegin() throws Exception {
        takeKeys();
        Path summary = Files.writeString(folder.resolve("node/summary.json"), "no JSON");
        Files.write(folder.resolve("genesis.cbor"), People.shared().toBytes());
        NodeConfiguration configuration = configuration(Optional.empty(), engine(), settler("rue"));
        List<String> before = NodeFixture.listThreads();
        assertThatThrownBy(() -> start(configuration))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(summary + ": not JSON");
        assertThat(NodeFixture.listThreads()).isEqualTo(before);
        Files.delete(summary);
        start(configuration).close();
    }

    /// Puts into the folder what the settlers of a community share.
    private void takeKeys() throws Exception {
        Path terms = Files.writeString(folder.resolve("c.yaml"), InboxFolder.COMMUNITY);
        Community community = CommunityFile.read(terms);
        SettlersFolder.take(
                folder.resolve("node"),
                SharedSalts.fresh(
                        "rue",
                        community.details().keySet(),
                        CommunityCodec.encode(community),
                        new SecureRandom()),
                new RealDisk(),
                new SecureRandom());
    }

    /// One that joined by state has no blocks below it, though nothing was pruned there.
    @Test
    void whoSettlesWithOthersNeedsAllBlocks() throws Exception {
        NodeConfiguration configuration = configuration(Optional.empty(), engine(), settler("rue"));
        Agreement.require(configuration, true, true, 1);
        assertThatThrownBy(() -> Agreement.require(configuration, true, true, 21))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("the blocks below 21 were pruned, and a settler needs all");
    }

    private Optional<SettlerSettings> settler(String community) throws Exception {
        Path file = folder.resolve("settler.key");
        SigningKey key = SigningKey.fresh(new SecureRandom());
        KeyFile.create(
                file,
                key,
                AccountId.of(key.key()),
                Optional.empty(),
                new SecureRandom(),
                new RealDisk());
        return Optional.of(new SettlerSettings(community, file, Optional.empty(), List.of()));
    }

    private void assertRefused(
            Genesis genesis, Optional<Path> inbox, Optional<CometSettings> engine, String word)
            throws Exception {
        assertRefused(genesis, inbox, engine, Optional.empty(), word);
    }

    private void assertRefused(
            Genesis genesis,
            Optional<Path> inbox,
            Optional<CometSettings> engine,
            Optional<SettlerSettings> settler,
            String word)
            throws Exception {
        Files.write(folder.resolve("genesis.cbor"), genesis.toBytes());
        NodeConfiguration configuration = configuration(inbox, engine, settler);
        assertThatThrownBy(() -> start(configuration))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining(word);
    }

    private static RunningNode start(NodeConfiguration configuration) throws Exception {
        return RunningNode.start(
                configuration, new RealDisk(), new SecureRandom(), InstantSource.system());
    }

    private NodeConfiguration configuration(
            Optional<Path> inbox,
            Optional<CometSettings> engine,
            Optional<SettlerSettings> settler) {
        return new NodeConfiguration(
                folder.resolve("node"),
                new NodeConfiguration.Beginning.FromFile(folder.resolve("genesis.cbor")),
                "127.0.0.1",
                0,
                100,
                new Keep.All(),
                inbox,
                InboxOptions.STANDARD,
                Level.WARNING,
                NodeConfiguration.Limits.STANDARD,
                engine,
                settler);
    }

    private Optional<CometSettings> engine() {
        return Optional.of(
                new CometSettings(
                        folder.resolve("cometbft"),
                        Optional.empty(),
                        false,
                        new AbciAddress.Tcp("127.0.0.1", 0),
                        "127.0.0.1:1",
                        Optional.empty()));
    }
}
