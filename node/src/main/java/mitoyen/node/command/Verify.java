package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mitoyen.consensus.Hash;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.input.DiskFailure;
import mitoyen.node.input.Refused;
import mitoyen.node.settlement.FolderLock;
import mitoyen.node.verify.Comparison;
import mitoyen.node.verify.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `verify`: whether anything was altered.
@Command(
        name = "verify",
        description =
                "Checks signatures, hashes and roots, executes every block again and, where the"
                        + " vault is present, recomputes every settlement.",
        mixinStandardHelpOptions = true)
public final class Verify implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "the folder that settle wrote")
    private Path folder = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "HEX",
            description = "a root that somebody kept, such as the one on a statement")
    private Optional<String> root = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "OTHER",
            description = {
                "compare with another node's folder, or with a state that a node kept, and check"
                        + " nothing else: names the first block that differs, and the first key"
            })
    private Optional<Path> other = Optional.empty();

    @Option(names = "--json", description = "prints the answer as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, CheckFailed, Refused {
        if (!Files.isDirectory(folder.resolve("ledger"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    folder + ": holds no ledger; name the folder given to settle --out");
        }
        if (other.filter(Files::notExists).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--against: no such folder or file: " + other.orElseThrow());
        }
        if (other.isPresent() && Files.isSameFile(folder, other.get())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--against: the same folder twice: " + folder + "; name another node's");
        }
        if (root.isPresent() && other.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--root and --against are two checks; ask for one");
        }
        Optional<Hash> anchor = root.map(this::parse);
        Reply reply = new Reply(spec, json);
        try {
            if (other.isPresent()) {
                tell(compare(other.get()), reply);
            } else {
                tell(verify(anchor), reply);
            }
        } catch (CheckFailed failed) {
            reply.put("holds", false);
            reply.put("faults", List.of(String.valueOf(failed.getMessage())));
            reply.end();
            throw failed;
        }
        reply.put("faults", List.of());
        reply.end();
        return 0;
    }

    private static void tell(Verification.Result result, Reply reply) {
        reply.put("holds", true);
        reply.put("height", result.anchor().height());
        reply.put("transactions", result.anchor().transactions());
        reply.put("root", result.anchor().root().toString());
        reply.put("settlements", result.settlements());
        reply.put("anchored", result.anchored());
        reply.put("executed", result.executed());
        reply.put("pruned", result.pruned());
        reply.put("unchecked", result.unchecked());
        result.lines().forEach(reply::line);
    }

    private static void tell(Comparison.Result result, Reply reply) {
        reply.put("holds", true);
        reply.put("same", result.same());
        reply.put("height", result.height());
        reply.put("otherHeight", result.otherHeight());
        reply.put("root", result.root().toString());
        reply.line(result.toString());
    }

    private Verification.Result verify(Optional<Hash> anchor) throws CheckFailed, Refused {
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            return verify(anchor, progress);
        } catch (IOException doesNotHold) {
            throw new CheckFailed(DiskFailure.describe(doesNotHold));
        }
    }

    private Verification.Result verify(Optional<Hash> anchor, TerminalProgress progress)
            throws IOException, Refused {
        try (FolderLock _ = FolderLock.share(folder)) {
            return Verification.run(folder, anchor, new RealDisk(), progress);
        }
    }

    private Comparison.Result compare(Path other) throws CheckFailed, Refused {
        try (FolderLock _ = FolderLock.share(folder)) {
            if (!Files.isDirectory(other)) {
                return Comparison.run(folder, other);
            }
            try (FolderLock _ = FolderLock.share(other)) {
                return Comparison.run(folder, other);
            }
        } catch (IOException doesNotHold) {
            throw new CheckFailed(DiskFailure.describe(doesNotHold));
        }
    }

    private Hash parse(String hex) {
        try {
            return Hash.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(
                    spec.commandLine(), "--root: not 64 hexadecimal digits: " + hex, malformed);
        }
    }
}
