package mitoyen.node.command;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.client.LedgerClient;
import mitoyen.node.client.LedgerStatus;
import mitoyen.node.client.Patience;
import mitoyen.node.input.CheckFailed;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which node of which ledger is asked, and how the answer is printed.
final class NodeOptions {
    @Option(
            names = "--node",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8090",
            converter = Converters.Address.class,
            description = "the node's address (default: ${DEFAULT-VALUE})")
    private URI node = URI.create("http://127.0.0.1:8090");

    @Option(
            names = "--genesis",
            paramLabel = "HASH",
            converter = Converters.Hash.class,
            description = "the ledger's name: nothing is signed for, or sent to, another")
    private Optional<Digest> genesis = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "how long one answer is waited for (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds = 30;

    @Option(names = "--json", description = "prints the answer as JSON")
    private boolean json;

    /// Whether the answer is printed as JSON.
    boolean json() {
        return json;
    }

    /// The ledger that must be meant, if the user said so.
    Optional<Digest> genesis() {
        return genesis;
    }

    /// The node.
    ///
    /// @throws ParameterException if its address is none
    LedgerClient connect(CommandSpec spec) {
        if (timeoutSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--timeout: must be above 0");
        }
        try {
            return new LedgerClient(node, Patience.of(Duration.ofSeconds(timeoutSeconds)));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(
                    spec.commandLine(), "--node: " + malformed.getMessage(), malformed);
        }
    }

    /// How far the node is, if its ledger is the one that is meant.
    ///
    /// @param expected that a transaction names, if there is one
    /// @throws CheckFailed if it keeps another ledger
    LedgerStatus status(LedgerClient client, Optional<Digest> expected)
            throws IOException, CheckFailed {
        LedgerStatus status = client.status();
        for (Optional<Digest> meant : List.of(genesis, expected)) {
            if (meant.isPresent() && !meant.get().equals(status.ledger())) {
                throw new CheckFailed(
                        node
                                + ": keeps the ledger "
                                + status.ledger()
                                + ", not "
                                + meant.get()
                                + "; nothing was signed or sent");
            }
        }
        return status;
    }
}
