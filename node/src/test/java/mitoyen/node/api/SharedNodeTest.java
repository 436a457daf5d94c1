package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import mitoyen.consensus.abci.AbciAddress;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.SignerSet;
import mitoyen.ledger.governance.GovernanceTerms;
import mitoyen.ledger.governance.Validator;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.running.Keep;
import mitoyen.node.running.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a genesis and a configuration must agree on: whether several nodes order the ledger.
class SharedNodeTest {
    @TempDir private Path folder;

    @Test
    void aSharedLedgerNeedsItsEngine() throws Exception {
        assertRefused(shared(), Optional.empty(), Optional.empty(), "names validators");
    }

    @Test
    void aLedgerOfOneNodeTakesNoOtherEngine() throws Exception {
        assertRefused(People.genesis(), Optional.empty(), engine(), "names no validators");
    }

    @Test
    void aSharedLedgerIsNotSettledFromAnInbox() throws Exception {
        assertRefused(shared(), Optional.of(folder.resolve("inbox")), engine(), "inbox");
    }

    private void assertRefused(
            Genesis genesis, Optional<Path> inbox, Optional<CometSettings> engine, String word)
            throws Exception {
        Path file = Files.write(folder.resolve("genesis.cbor"), genesis.toBytes());
        NodeConfiguration configuration =
                new NodeConfiguration(
                        folder.resolve("node"),
                        new NodeConfiguration.Beginning.FromFile(file),
                        "127.0.0.1",
                        0,
                        100,
                        new Keep.All(),
                        inbox,
                        InboxOptions.STANDARD,
                        Level.WARNING,
                        NodeConfiguration.Limits.STANDARD,
                        engine);
        assertThatThrownBy(() ->
                        RunningNode.start(
                                configuration,
                                new RealDisk(),
                                new SecureRandom(),
                                InstantSource.system()))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining(word);
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

    private static Genesis shared() {
        Genesis alone = People.genesis();
        return alone.sharedBy(
                new GovernanceTerms(
                        SignerSet.single(alone.founder()),
                        List.of(new Validator(alone.founder(), 10, "one"))));
    }
}
