package mitoyen.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.backup.Backup;
import mitoyen.node.input.NamedFile;
import mitoyen.node.keys.Passphrase;
import mitoyen.node.verify.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `restore`: a backup becomes a folder again, verified before it takes its place.
@Command(
        name = "restore",
        description = "Restores a backup into a new folder, and verifies it as verify does.",
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private KeyOptions passphrase = new KeyOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "what backup wrote")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "DIR", description = "a folder that is not there yet")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        NamedFile.open(file).close();
        Backup.requireEmpty(folder);
        Passphrase sealing = passphrase.existing(spec, file);
        Verification.Result result;
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            result = Backup.restore(file, folder, sealing.reveal(), new RealDisk(), progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        result.lines().forEach(out::println);
        out.flush();
        return Sending.DONE;
    }
}
