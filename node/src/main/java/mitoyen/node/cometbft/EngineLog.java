package mitoyen.node.cometbft;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.node.running.Divergence;

/// What CometBFT writes into its log, read while it writes (`CE-17`). CometBFT 0.40 tells nobody
/// else that more than two thirds of the power signed another outcome than its application's: it
/// stops to decide, or asks one peer after the other for another block, and its process goes on.
///
/// Only lines count that it writes after it verified those signatures, and only their own words:
/// what a peer says is quoted in others.
final class EngineLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EngineLog.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PIECE_BYTES = 1 << 16;
    private static final Pattern DIVERGED =
            Pattern.compile(
                    "(?m)^E\\[[^\\]\\n]*\\] (?:Error in validation +[^\\n]*err=\""
                            + "|CONSENSUS FAILURE!!! +[^\\n]*err=\"(?:precommit step; )?"
                            + "\\+2/3 (?:committed an|prevoted for an) invalid block: )"
                            + "wrong Block\\.Header\\.AppHash\\. +"
                            + "Expected ([0-9A-Fa-f]{80}), got ([0-9A-Fa-f]{80})");

    private static final Pattern SYNC_FAILED =
            Pattern.compile(
                    "(?m)^E\\[[^\\]\\n]*\\] ((?:State sync failed"
                            + "|Failed to bootstrap node with new state"
                            + "|Failed to store last seen commit"
                            + "|Failed to switch to block sync)[^\\n]*)\\n");

    /// What it ends with where it is to go on from a ledger whose next block it does not have.
    private static final Pattern APART =
            Pattern.compile(
                    "(?m)^ERROR: failed to create node: error during handshake: error on replay:"
                            + " app block height \\(([0-9]{1,18})\\) is (?:higher than core"
                            + "|too far below block store base) \\(([0-9]{1,18})\\)");

    /// A line longer than this is passed over [characters].
    private static final int LONGEST_LINE = 1 << 18;

    private final Path file;
    private final Consumer<Finding> found;
    private final Thread thread;
    private long read;
    private String rest = "";
    private Optional<Finding> first = Optional.empty();
    private volatile boolean closed;

    private EngineLog(Path file, Consumer<Finding> found) throws IOException {
        this.file = file;
        this.found = found;
        this.read = Files.exists(file) ? Files.size(file) : 0;
        this.thread = Thread.ofVirtual().name("cometbft-log").unstarted(this::run);
    }

    /// Begins to read from the end that a log has now.
    ///
    /// @param found told the first thing that the log has after which CometBFT does not go on
    static EngineLog follow(Path file, Consumer<Finding> found) throws IOException {
        EngineLog log = new EngineLog(file, found);
        log.thread.start();
        return log;
    }

    /// After what CometBFT does not go on, though its process does.
    sealed interface Finding {
        /// Validators signed another outcome.
        record Diverged(Divergence divergence) implements Finding {}

        /// It gave up beginning from a snapshot.
        ///
        /// @param line that it writes then
        record SyncFailed(String line) implements Finding {}

        /// It has not the block that follows on the ledger (`CE-21`).
        ///
        /// @param ledger the height of its block that the ledger's last block was made of
        /// @param engine that of its own block which is the nearest: its first, or its last
        record Apart(long ledger, long engine) implements Finding {}
    }

    /// The first thing that some lines tell.
    static Optional<Finding> find(String lines) {
        Matcher diverged = DIVERGED.matcher(lines);
        if (diverged.find()) {
            return Optional.of(
                    new Finding.Diverged(
                            new Divergence(root(diverged.group(1)), root(diverged.group(2)))));
        }
        Matcher failed = SYNC_FAILED.matcher(lines);
        if (failed.find()) {
            return Optional.of(new Finding.SyncFailed(failed.group(1).strip()));
        }
        Matcher apart = APART.matcher(lines);
        return apart.find()
                ? Optional.of(
                        new Finding.Apart(
                                Long.parseLong(apart.group(1)), Long.parseLong(apart.group(2))))
                : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private static LogRoot root(String anchor) {
        ByteString bytes = ByteString.parseHex(anchor.toLowerCase(Locale.ROOT));
        long size = Long.parseUnsignedLong(anchor.substring(0, 2 * Long.BYTES), 16);
        return new LogRoot(
                Math.max(0, size),
                new Digest(ByteString.of(bytes.toBytes(), Long.BYTES, bytes.length())));
    }

    private void run() {
        try {
            while (!closed) {
                Optional<Finding> finding = readOn();
                if (finding.isPresent()) {
                    found.accept(finding.get());
                    return;
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "CometBFT''s log is not read: {0}", unreadable.toString());
        }
    }

    /// Reads to the end that the log has now.
    ///
    /// @return the first thing that was found since it is followed
    synchronized Optional<Finding> readOn() throws IOException {
        if (first.isPresent() || Files.notExists(file)) {
            return first;
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(read);
            byte[] piece = new byte[PIECE_BYTES];
            for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                read += count;
                String text = rest + new String(piece, 0, count, StandardCharsets.ISO_8859_1);
                first = find(text);
                if (first.isPresent()) {
                    return first;
                }
                String line = text.substring(text.lastIndexOf('\n') + 1);
                // What follows of a line that was passed over is no line's beginning.
                rest = line.length() > LONGEST_LINE ? "~" : line;
            }
        }
        return Optional.empty();
    }
}
