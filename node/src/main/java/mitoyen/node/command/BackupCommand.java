package mitoyen.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.backup.Backup;
import mitoyen.node.keys.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backup`: a folder in one file, under a passphrase.
@Command(
        name = "backup",
        description = {
            "Writes ledger, vault and keys of a folder to one file, sealed under a passphrase.",
            "The folder may be settling meanwhile."
        },
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private KeyOptions passphrase = new KeyOptions();

    @Parameters(index = "0", paramLabel = "FILE", description = "where it goes")
    private Path file = Path.of("");

    @Option(
            names = "--of",
            required = true,
            paramLabel = "DIR",
            description = "the folder that settle wrote")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Backup.requirePossible(folder, file);
        Passphrase sealing = passphrase.fresh(spec, file);
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            Backup.write(
                    folder, file, sealing.reveal(), new RealDisk(), new SecureRandom(), progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<String> parts = Backup.parts(folder);
        String last = parts.size() == 1 ? "" : " and " + parts.getLast();
        out.println(
                "%s: holds %s%s of %s"
                        .formatted(
                                file,
                                String.join(", ", parts.subList(0, Math.max(1, parts.size() - 1))),
                                last,
                                folder));
        out.flush();
        return Sending.DONE;
    }
}
