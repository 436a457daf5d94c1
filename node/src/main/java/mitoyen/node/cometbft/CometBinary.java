package mitoyen.node.cometbft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Logger;

/// CometBFT's program, of the one version that the ledger is tested with: the one that is named, or
/// on the `PATH`, or in a folder of our own, or else built there where Go is.
public final class CometBinary {
    /// The version.
    public static final String VERSION = "0.40.0";

    /// What Go writes into what it builds of this version. Its own `version` says 0.39.0, unless it
    /// was built from its repository.
    private static final String BUILT_FROM =
            "mod\tgithub.com/cometbft/cometbft\tv" + VERSION + "\t";

    private static final Logger LOG = Logger.getLogger(CometBinary.class.getName());
    private static final String NAME = "cometbft";
    private static final int CHUNK_BYTES = 1 << 20;

    private final Surroundings surroundings;
    private final Consumer<String> progress;

    CometBinary(Surroundings surroundings, Consumer<String> progress) {
        this.surroundings = surroundings;
        this.progress = progress;
    }

    /// Finds or builds it; a building is told to the log.
    ///
    /// @param named the program that somebody chose
    /// @throws IOException if there is none of the version, saying how to get it
    public static Path find(Optional<Path> named) throws IOException {
        return find(named, LOG::info);
    }

    /// Finds or builds it.
    ///
    /// @param named the program that somebody chose
    /// @param progress told a line now and then while it is built, which takes minutes
    /// @throws IOException if there is none of the version, saying how to get it
    public static Path find(Optional<Path> named, Consumer<String> progress) throws IOException {
        return new CometBinary(Surroundings.ofThisProcess(), progress).findFor(named);
    }

    Path findFor(Optional<Path> named) throws IOException {
        if (named.isPresent()) {
            return checked(named.get());
        }
        List<Path> others = new ArrayList<>();
        for (Path program : surroundings.findPrograms(NAME)) {
            if (isOfVersion(program)) {
                return program;
            }
            others.add(program);
        }
        Path folder = surroundings.cache().resolve("mitoyen").resolve("cometbft-v" + VERSION);
        Path kept = folder.resolve(NAME);
        if (isOfVersion(kept)) {
            return kept;
        }
        Path go = surroundings.findGo().orElseThrow(() -> missing(kept, others));
        Files.createDirectories(folder);
        // Of several nodes that start here for the first time, one builds.
        synchronized (CometBinary.class) {
            try (FileChannel file =
                            FileChannel.open(
                                    folder.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                if (lock.isValid() && !isOfVersion(kept)) {
                    new GoBuild(go, folder, progress).build(kept);
                }
            }
        }
        return checked(kept);
    }

    private static Path checked(Path program) throws IOException {
        if (!Files.isExecutable(program) || !Files.isRegularFile(program)) {
            throw new IOException(program + ": no program is there, or none that may be executed");
        }
        if (!isOfVersion(program)) {
            throw new IOException(
                    program
                            + ": not CometBFT "
                            + VERSION
                            + ", the version that this ledger is tested with");
        }
        return program;
    }

    private static boolean isOfVersion(Path program) throws IOException {
        if (!Files.isExecutable(program) || !Files.isRegularFile(program)) {
            return false;
        }
        if (contains(program, BUILT_FROM)) {
            return true;
        }
        try {
            String said = Commands.run(List.of(program.toString(), "version"));
            return said.equals(VERSION) || said.equals("v" + VERSION);
        } catch (IOException noCometBft) {
            return false;
        }
    }

    private static boolean contains(Path program, String mark) throws IOException {
        try (InputStream in = Files.newInputStream(program)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            int kept = 0;
            int read = in.readNBytes(chunk, 0, chunk.length);
            while (read > 0) {
                int length = kept + read;
                if (new String(chunk, 0, length, StandardCharsets.ISO_8859_1).contains(mark)) {
                    return true;
                }
                kept = Math.min(mark.length() - 1, length);
                System.arraycopy(chunk, length - kept, chunk, 0, kept);
                read = in.readNBytes(chunk, kept, chunk.length - kept);
            }
            return false;
        }
    }

    private static IOException missing(Path kept, List<Path> others) {
        StringBuilder words = new StringBuilder("CometBFT " + VERSION + " is missing: not in ");
        words.append(kept).append(", ");
        words.append(
                others.isEmpty()
                        ? "not on the PATH"
                        : "of another version in " + others.getFirst());
        words.append(
                ", and no Go to build it with; install Go (Debian: apt-get install golang-go;");
        words.append(" macOS: brew install go), or name the program in node.yaml, cometbft.binary");
        return new IOException(words.toString());
    }
}
