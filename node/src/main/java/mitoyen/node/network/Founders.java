package mitoyen.node.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import mitoyen.ledger.governance.GovernanceTerms;

/// The founders of one network, by name, and where each one's file lies.
public final class Founders {
    private final Map<Founder, Path> files;

    private Founders(Map<Founder, Path> files) {
        this.files = files;
    }

    /// Reads the founders' files.
    ///
    /// @throws IOException if one of them is none, or two of them are of one founder
    public static Founders read(Collection<Path> files) throws IOException {
        if (files.size() > GovernanceTerms.MOST_SIGNERS) {
            throw new IOException(
                    "a network has at most %d founders, not %d"
                            .formatted(GovernanceTerms.MOST_SIGNERS, files.size()));
        }
        Map<Founder, Path> read = new LinkedHashMap<>();
        for (Path file : files) {
            Founder founder = FounderFile.read(file);
            checkDiffers(read, file, "name", founder, Founder::name);
            checkDiffers(read, file, "validator's key", founder, Founder::validator);
            checkDiffers(read, file, "council's key", founder, Founder::council);
            checkDiffers(read, file, "node", founder, Founder::node);
            checkDiffers(read, file, "place to reach", founder, Founder::reach);
            read.put(founder, file);
        }
        return new Founders(read);
    }

    /// All of them, by name.
    public List<Founder> list() {
        return files.keySet().stream().sorted(Comparator.comparing(Founder::name)).toList();
    }

    /// Where a founder's file lies.
    Path file(Founder founder) {
        return Objects.requireNonNull(files.get(founder));
    }

    private static void checkDiffers(
            Map<Founder, Path> before,
            Path file,
            String what,
            Founder founder,
            Function<Founder, Object> of)
            throws IOException {
        for (Map.Entry<Founder, Path> other : before.entrySet()) {
            if (of.apply(other.getKey()).equals(of.apply(founder))) {
                throw new IOException(
                        "%s: has the %s of %s; each founder prepares on a machine of his own"
                                .formatted(file, what, other.getValue()));
            }
        }
    }
}
