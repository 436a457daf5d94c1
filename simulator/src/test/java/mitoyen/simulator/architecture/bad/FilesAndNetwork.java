package mitoyen.simulator.architecture.bad;

import java.nio.file.Path;

final class FilesAndNetwork {
    private FilesAndNetwork() {}

    static String root() {
        return Path.of("/").toString();
    }
}
