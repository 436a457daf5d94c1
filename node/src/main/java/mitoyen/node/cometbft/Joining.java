package mitoyen.node.cometbft;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.joining.JoinFolder;
import mitoyen.consensus.joining.JoiningHandler;
import mitoyen.ledger.light.TrustPolicy;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.configuration.SyncSettings;
import mitoyen.node.running.JoiningLedger;

/// A node whose ledger was just begun from others' snapshot (`CE-15`, `CE-16`): its CometBFT runs
/// already, and waits for whoever opens the ledger.
public final class Joining implements AutoCloseable {
    /// Where a node answers what CometBFT's light client asks.
    static final String ENGINE_PATH = "api/v1/light/engine";

    private static final Logger LOG = Logger.getLogger(Joining.class.getName());
    private static final String SIGNED = "priv_validator_state.json";

    private final JoiningHandler handler;
    private final EngineLink link;

    private Joining(JoiningHandler handler, EngineLink link) {
        this.handler = handler;
        this.link = link;
    }

    /// What a node that joins has in its folder.
    ///
    /// @param folder the node's
    /// @param ledger where its ledger will be
    /// @param snapshots where its snapshots will be
    public record Places(Path folder, Path ledger, Path snapshots) {
        private JoinFolder joinFolder() {
            return new JoinFolder(ledger, snapshots, folder.resolve("joining"));
        }
    }

    /// Begins a ledger from a snapshot of others, where the settings say so and there is none, or
    /// one that was begun so and not finished; waits until it is in its place.
    ///
    /// @return empty where there is nothing to begin
    /// @throws InterruptedIOException if the thread is told to stop
    /// @throws IOException if CometBFT does not start, or ends
    public static Optional<Joining> begin(
            Genesis genesis, CometSettings settings, Places places, Disk disk) throws IOException {
        JoinFolder folder = places.joinFolder();
        boolean isDue = folder.isUnfinished() || Files.notExists(places.ledger());
        if (!isDue || (settings.sync().isEmpty() && !folder.isUnfinished())) {
            return Optional.empty();
        }
        folder.begin(disk);
        forget(settings.home(), places, disk);
        if (settings.sync().isEmpty()) {
            LOG.log(Level.INFO, "the ledger is begun anew: all blocks are fetched");
            folder.finish(disk);
            return Optional.empty();
        }
        JoiningHandler handler =
                new JoiningHandler(disk, folder, new JoiningLedger(genesis), System::nanoTime);
        LOG.log(
                Level.INFO,
                "there is no ledger here: looking for a snapshot of others, from header {0} on",
                settings.sync().get().trust());
        Path parts = settings.home().resolve("joining");
        disk.createDirectories(parts);
        EngineLink link =
                EngineLink.start(settings, handler, variables(settings.sync().get(), parts));
        Joining joining = new Joining(handler, link);
        try {
            long height = joining.await();
            LOG.log(
                    Level.INFO,
                    "the state after block {0} was read to its end: all of it holds",
                    Long.toString(height));
            return Optional.of(joining);
        } catch (IOException | RuntimeException | Error failure) {
            joining.close();
            throw failure;
        }
    }

    /// Gives up the ledger that is there, so that the next start begins it anew (`CE-20`).
    ///
    /// @param places of a node that does not run
    public static void giveUp(Places places, Disk disk) throws IOException {
        places.joinFolder().begin(disk);
    }

    /// Gives the running CometBFT to whoever opened the ledger.
    EngineLink continueAs(AbciHandler next) {
        handler.continueAs(next);
        return link;
    }

    /// Ends the CometBFT whose ledger nobody opened.
    @Override
    public void close() {
        handler.giveUp();
        link.close();
    }

    private long await() throws IOException {
        CompletableFuture<Object> either =
                CompletableFuture.anyOf(handler.joined(), link.failure());
        try {
            return switch (either.get()) {
                case EngineLink.Failure(String where, Throwable cause) ->
                        throw new IOException(where + ": " + cause.getMessage(), cause);
                case Long height -> height;
                case Object impossible -> throw new IllegalStateException(impossible.toString());
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            InterruptedIOException told = new InterruptedIOException("told to stop while joining");
            told.initCause(stopped);
            throw told;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Removes what an earlier attempt left beside the ledger: the engine's blocks, but for what
    /// the validator signed last, and the tables.
    private static void forget(Path home, Places places, Disk disk) throws IOException {
        for (Path file : list(home.resolve("data"))) {
            if (Files.isDirectory(file)) {
                JoinFolder.clear(disk, file);
            } else if (!file.endsWith(SIGNED)) {
                disk.delete(file);
            }
        }
        JoinFolder.clear(disk, home.resolve("joining"));
        for (Path file : list(places.folder())) {
            if (String.valueOf(file.getFileName()).startsWith("views.sqlite")) {
                disk.delete(file);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /// What makes CometBFT begin from a snapshot; the parts that it fetched wait in a folder of its
    /// own, since the system's may be in memory.
    private static Map<String, String> variables(SyncSettings sync, Path parts) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CMT_STATESYNC_ENABLE", "true");
        variables.put(
                "CMT_STATESYNC_RPC_SERVERS",
                String.join(",", sync.from().stream().map(Joining::engineOf).toList()));
        variables.put("CMT_STATESYNC_TRUST_HEIGHT", Long.toString(sync.trust().height()));
        variables.put(
                "CMT_STATESYNC_TRUST_HASH",
                sync.trust().hash().toString().toUpperCase(Locale.ROOT));
        variables.put("CMT_STATESYNC_TRUST_PERIOD", TrustPolicy.STANDARD.periodMillis() + "ms");
        variables.put("TMPDIR", parts.toAbsolutePath().toString());
        return variables;
    }

    private static String engineOf(URI node) {
        String text = node.toString();
        return (text.endsWith("/") ? text : text + "/") + ENGINE_PATH;
    }
}
