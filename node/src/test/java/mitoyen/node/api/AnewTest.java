package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.JournalException;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.running.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node gives up to take it from the others anew (`CE-20`), and what it keeps: where it may
/// not be given up, no byte changes. That all is fetched then, `DivergenceTest` shows.
class AnewTest {
    private static final String STARTED_HERE =
            "cometbft: {home: cometbft, application: 'tcp://127.0.0.1:0', rpc: 127.0.0.1:1}";
    private static final String STARTED_ELSEWHERE =
            STARTED_HERE.replace("home:", "start: false, home:");

    @TempDir private Path folder;

    @BeforeEach
    void aLedgerIsThere() throws Exception {
        Files.write(folder.resolve("genesis.cbor"), People.shared().toBytes());
        start(node("genesis: genesis.cbor", STARTED_ELSEWHERE)).close();
        Files.createDirectories(folder.resolve("node/keys"));
        Files.writeString(folder.resolve("node/keys/community.key"), "a secret");
        Files.createDirectories(folder.resolve("node/vault"));
        Files.writeString(folder.resolve("node/vault/vault.sqlite"), "readings");
    }

    @Test
    void whatOthersHaveIsGivenUpAndWhatNobodyElseHasStays() throws Exception {
        assertThat(files()).containsKey("ledger/genesis.cbor");
        Anew.giveUp(node("genesis: genesis.cbor", STARTED_HERE), new RealDisk());
        Map<String, ByteString> left = files();
        assertThat(left.keySet()).noneMatch(name -> name.startsWith("ledger"));
        assertThat(left)
                .containsKeys("keys/community.key", "vault/vault.sqlite", "joining/unfinished");
    }

    /// As far as that shows once it is to be read; of a node alone the copy is the only one.
    @Test
    void aDamagedLedgerThatOthersHaveIsSaidToBeToTakeAnew() throws Exception {
        Path extra = Files.writeString(folder.resolve("node/ledger/blocks-00000099.journal"), "x");
        assertThatThrownBy(() -> start(node("genesis: genesis.cbor", STARTED_ELSEWHERE)).close())
                .isInstanceOf(Refused.class)
                .hasMessageMatching(
                        Pattern.quote(extra + ": byte 0: ")
                                + "[^;]+; put back what was there, or start the node with --anew:"
                                + " .*");
        Files.move(folder.resolve("node"), folder.resolve("elsewhere"));
        start(node("found: {name: rue}")).close();
        Files.writeString(extra, "x");
        assertThatThrownBy(() -> start(node("found: {name: rue}")).close())
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith(extra + ", byte 0: ");
    }

    @Test
    void whereThereIsNoFolderNoneIsMade() throws Exception {
        Files.move(folder.resolve("node"), folder.resolve("elsewhere"));
        Anew.giveUp(node("genesis: genesis.cbor", STARTED_HERE), new RealDisk());
        assertThat(folder.resolve("node")).doesNotExist();
    }

    @Test
    void aLedgerThatNobodyElseHasIsKept() throws Exception {
        Files.move(folder.resolve("node"), folder.resolve("elsewhere"));
        start(node("found: {name: rue}")).close();
        Path genesis = folder.resolve("node/ledger/genesis.cbor");
        Files.copy(genesis, folder.resolve("genesis.cbor"), StandardCopyOption.REPLACE_EXISTING);
        assertKept(node("genesis: genesis.cbor"), Refused.class, "nobody else is known");
    }

    @Test
    void aLedgerWhoseGenesisWouldGoWithItIsKept() throws Exception {
        assertKept(node(STARTED_HERE), Refused.class, "nobody else is known");
    }

    @Test
    void aLedgerOfAnotherGenesisIsKept() throws Exception {
        Files.write(folder.resolve("genesis.cbor"), People.genesis().toBytes());
        assertKept(
                node("genesis: genesis.cbor", STARTED_HERE),
                InputMistakes.class,
                "holds another ledger");
    }

    @Test
    void theBlocksOfACometbftThatSomebodyElseStartsAreNotTaken() throws Exception {
        assertKept(
                node("genesis: genesis.cbor", STARTED_ELSEWHERE),
                Refused.class,
                "somebody else starts CometBFT here");
    }

    @Test
    void aNodeThatRunsKeepsItsLedger() throws Exception {
        try (RunningNode _ = start(node("genesis: genesis.cbor", STARTED_ELSEWHERE))) {
            assertKept(node("genesis: genesis.cbor", STARTED_HERE), Refused.class, "in use");
        }
    }

    private void assertKept(
            NodeConfiguration configuration, Class<? extends Exception> kind, String word)
            throws IOException {
        Map<String, ByteString> before = files();
        assertThatThrownBy(() -> Anew.giveUp(configuration, new RealDisk()))
                .isInstanceOf(kind)
                .hasMessageContaining(word);
        assertThat(files()).isEqualTo(before);
    }

    /// All that lies in the node's folder.
    private Map<String, ByteString> files() throws IOException {
        Map<String, ByteString> files = new TreeMap<>();
        Path node = folder.resolve("node");
        try (Stream<Path> all = Files.walk(node)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        node.relativize(file).toString(), ByteString.of(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private NodeConfiguration node(String... lines) throws Exception {
        Path file = folder.resolve("node.yaml");
        String first = "version: 1\nfolder: node\nhttp: {port: 0}\n";
        return NodeFile.read(Files.writeString(file, first + String.join("\n", lines) + "\n"));
    }

    private static RunningNode start(NodeConfiguration configuration) throws Exception {
        return RunningNode.start(
                configuration, new RealDisk(), new SecureRandom(), InstantSource.system());
    }
}
