package mitoyen.node.command;

import java.nio.file.Path;
import java.util.Optional;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.node.client.LightSync;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which node is to prove something, and what is trusted.
final class ProofOptions {
    @Option(
            names = "--root",
            paramLabel = "HASH",
            converter = Converters.Hash.class,
            description = "the root over the ledger's blocks that is trusted (default: the node's)")
    private Optional<Digest> root = Optional.empty();

    @Option(
            names = "--height",
            paramLabel = "H",
            converter = Converters.Height.class,
            description = "how many blocks the root covers")
    private Optional<Long> height = Optional.empty();

    @Option(
            names = "--light",
            paramLabel = "HEIGHT:HASH",
            converter = Converters.Header.class,
            description = "instead of a root: a header of the engine that is trusted")
    private Optional<LightSync.Trust> light = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "keeps the proof in a file")
    private Optional<Path> out = Optional.empty();

    @Mixin private NodeOptions node = new NodeOptions();

    NodeOptions node() {
        return node;
    }

    Optional<Path> out() {
        return out;
    }

    Optional<Long> height() {
        return height;
    }

    /// The header of the engine from which the trusted root is proved, if the user named one.
    Optional<LightSync.Trust> light() {
        return light;
    }

    /// What is trusted, if the user said it.
    ///
    /// @throws ParameterException if a root is named without its height, or with a header
    Optional<LogRoot> trusted(CommandSpec spec) {
        if (light.isPresent() && (root.isPresent() || height.isPresent())) {
            throw new ParameterException(
                    spec.commandLine(), "--light: leave --root and --height out, they follow");
        }
        if (root.isPresent() && height.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--root: give --height too, how many blocks it covers");
        }
        return root.map(hash -> new LogRoot(height.orElseThrow(), hash));
    }
}
