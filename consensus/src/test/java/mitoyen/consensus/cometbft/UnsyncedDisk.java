package mitoyen.consensus.cometbft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mitoyen.consensus.disk.ForwardingDisk;
import mitoyen.consensus.disk.RealDisk;

/// A disk that is quick, and would lose what it has with its power.
final class UnsyncedDisk extends ForwardingDisk {
    UnsyncedDisk() {
        super(new RealDisk());
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        return replacementUnsynced(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
