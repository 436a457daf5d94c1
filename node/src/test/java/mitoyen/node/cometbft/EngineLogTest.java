package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.node.cometbft.EngineLog.Finding;
import mitoyen.node.running.Divergence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CE-17: what CometBFT writes where validators signed another outcome.
class EngineLogTest {
    private static final String OWN = "000000000000000C" + "AB".repeat(32);
    private static final String SIGNED = "000000000000000C" + "CD".repeat(32);
    private static final String WRONG =
            "wrong Block.Header.AppHash.  Expected " + OWN + ", got " + SIGNED;
    private static final Divergence DIVERGENCE =
            new Divergence(
                    new LogRoot(12, Digest.parse("ab".repeat(32))),
                    new LogRoot(12, Digest.parse("cd".repeat(32))));

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONSENSUS FAILURE!!! module=consensus err=\"+2/3 committed an invalid block: ",
                "CONSENSUS FAILURE!!! err=\"precommit step; +2/3 prevoted for an invalid block: ",
                "Error in validation module=blocksync height=15 hash=00AA err=\"",
            })
    void anotherOutcomeThatWasSignedIsFound(String before) { // CE-17
        assertThat(EngineLog.find("E[07:00] " + before + WRONG + "\" stack=\"goroutine 1"))
                .contains(new Finding.Diverged(DIVERGENCE));
        assertThat(DIVERGENCE)
                .hasToString(
                        "block 12: this node has the root %s, and validators signed %s of 12 blocks"
                                .formatted("ab".repeat(32), "cd".repeat(32)));
    }

    @ParameterizedTest
    @CsvSource({"5, too far below block store base, 9", "9, higher than core, 5"})
    void blocksThatDoNotGoOnFromTheLedgerAreFound(long ledger, String how, long engine) { // CE-21
        String line =
                "error during handshake: error on replay: app block height (%d) is %s (%d)"
                        .formatted(ledger, how, engine);
        assertThat(EngineLog.find("I[07:00] x\nERROR: failed to create node: " + line + "\n"))
                .contains(new Finding.Apart(ledger, engine));
        assertThat(EngineLog.find("E[07:00] a peer says ERROR: failed to create node: " + line))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A single proposer may say so.
                "prevote step: consensus deems this block invalid; prevoting nil err=\"",
                "",
                // A peer may put anything into what is quoted of him.
                "Stopping peer for error module=p2p err=\"invalid IP address Error in validation ",
                "Stopping peer module=p2p err=\"E[07:00] Error in validation err=\\\"",
                "Error on addr err=\"CONSENSUS FAILURE!!! err=\"+2/3 committed an invalid block: ",
                "CONSENSUS FAILURE!!! err=\"+2/3 committed an invalid block: other\"\nerr=\""
            })
    void whatNobodySignedIsNot(String before) { // CE-17
        assertThat(EngineLog.find("E[07:00] " + before + WRONG)).isEmpty();
    }

    @Test
    void thatNoSnapshotWillComeIsFound() { // CE-16
        String line = "E[07:00] State sync failed module=statesync err=\"no witnesses\"";
        assertThat(EngineLog.find(line)).as("half a line").isEmpty();
        assertThat(EngineLog.find("E[07:00] Stopping err=\"" + line + "\n")).isEmpty();
        assertThat(EngineLog.find("other\n" + line + "\nmore"))
                .contains(
                        new Finding.SyncFailed(
                                "State sync failed module=statesync err=\"no witnesses\""));
    }

    @Test
    void aLogIsReadOnFromItsEndHoweverItIsWritten() throws Exception { // CE-17
        Path file = folder.resolve("cometbft.log");
        String line = "E[07:00] Error in validation err=\"" + WRONG + "\"\n";
        Files.writeString(file, line.replace('C', 'D'));
        CompletableFuture<Finding> found = new CompletableFuture<>();
        try (EngineLog _ = EngineLog.follow(file, found::complete)) {
            append(file, "x".repeat(200_000) + "\n");
            append(file, "x".repeat(400_000) + line.replace('C', 'D'));
            append(file, line.substring(0, 40));
            append(file, line.substring(40));
            assertThat(found.get(30, TimeUnit.SECONDS)).isEqualTo(new Finding.Diverged(DIVERGENCE));
        }
    }

    private static void append(Path file, String text) throws Exception {
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
    }
}
