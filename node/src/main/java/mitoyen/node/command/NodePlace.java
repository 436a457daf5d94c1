package mitoyen.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.node.cometbft.Participant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Where a node may be made: nothing of it is strewn among what is somebody's own.
final class NodePlace {
    private NodePlace() {}

    /// Makes sure that a folder is not there, or holds nothing but what a node or its founder has.
    ///
    /// @throws ParameterException if it does
    static void require(CommandSpec spec, Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw refusal(spec, folder + " is a file");
        }
        Optional<Path> foreign = Participant.findForeign(folder);
        if (foreign.isPresent()) {
            throw refusal(spec, folder + " holds " + foreign.get() + ", which is no node's");
        }
    }

    private static ParameterException refusal(CommandSpec spec, String what) {
        return new ParameterException(
                spec.commandLine(),
                "--dir: " + what + ": name a folder that is empty or not there yet");
    }
}
