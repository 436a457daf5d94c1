package mitoyen.node.community;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.MistakeLog;
import mitoyen.node.yaml.Yaml;
import mitoyen.node.yaml.YamlFile;

/// The file `community.yaml`, documented in `docs/community.md`.
public final class CommunityFile {
    private static final YamlFile.Faults FAULTS =
            new YamlFile.Faults(
                    Fault.NO_COMMUNITY_FILE, Fault.COMMUNITY_TOO_LARGE, Fault.COMMUNITY_EMPTY);

    private CommunityFile() {}

    /// Reads a community.
    ///
    /// @throws InputMistakes with everything that is wrong in the file, or that there is none
    /// @throws IOException if the disk fails
    public static Community read(Path file) throws InputMistakes, IOException {
        String name = file.toString();
        MistakeLog mistakes = new MistakeLog();
        Optional<Yaml> root = YamlFile.parse(file, FAULTS, mistakes);
        Optional<Community> community =
                root.flatMap(yaml -> CommunityReader.read(name, yaml, mistakes));
        mistakes.throwIfAny();
        return community.orElseThrow();
    }
}
