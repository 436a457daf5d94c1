package mitoyen.node.command;

import static mitoyen.node.command.LedgerCommands.runAnywhere;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mitoyen.node.api.RunningNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine's clock was ahead when a block was made and is then set right: the ledger's time stays
/// ahead, and a command is to be valid by that.
class ClockSetBackTest {
    @TempDir private Path folder;

    @Test
    void aCommandIsNotExpiredWhenItIsMade() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofHours(20));
        try (LedgerCommands ledger = new LedgerCommands(folder);
                RunningNode node = ledger.startNode(() -> Instant.now().plus(ahead.get()))) {
            // The command's own clock cannot be set here: it was as far ahead as the node's.
            assertThat(open(ledger, node, ledger.alice.key(), "--valid-for", "PT21H"))
                    .startsWith("0: ");
            ahead.set(Duration.ZERO);
            assertThat(open(ledger, node, ledger.bob.key())).startsWith("0: ");
            assertThat(reserve(ledger, node)).startsWith("0: ");
        }
    }

    @Test
    void aLedgerThatIsFarAheadIsNotBelieved() throws Exception {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofHours(30));
        try (LedgerCommands ledger = new LedgerCommands(folder);
                RunningNode node = ledger.startNode(() -> Instant.now().plus(ahead.get()))) {
            assertThat(open(ledger, node, ledger.alice.key(), "--valid-for", "PT31H"))
                    .startsWith("0: ");
            assertThat(open(ledger, node, ledger.bob.key()))
                    .startsWith("1: ")
                    .contains("more than a day ahead of this machine's clock");
        }
    }

    /// For a span that is over by the own clock, and not by the ledger's time.
    private static String reserve(LedgerCommands ledger, RunningNode node) {
        return runAt(node, ledger.reserving("20", "PT1H"));
    }

    private static String open(
            LedgerCommands ledger, RunningNode node, Object signer, Object... more) {
        Object[] all = {"account", "open", "--signer", signer, "--key", ledger.founder.file()};
        return runAt(node, Stream.concat(Stream.of(all), Stream.of(more)).toArray());
    }

    private static String runAt(RunningNode node, Object... arguments) {
        return runAnywhere(
                Stream.concat(Stream.of(arguments), Stream.of("--node", node.address())).toArray());
    }
}
