package mitoyen.consensus.cometbft;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import mitoyen.consensus.disk.ForwardingDisk;

/// A disk that dies before one of its steps.
final class DyingDisk extends ForwardingDisk {
    private int left;

    DyingDisk(int steps) {
        super(new UnsyncedDisk());
        left = steps;
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        step();
        Replacement replacement = super.replacement(file);
        return new Replacement() {
            @Override
            public OutputStream out() {
                return replacement.out();
            }

            @Override
            public void commit() throws IOException {
                step();
                replacement.commit();
            }

            @Override
            public void close() {
                // A killed process drops nothing.
            }
        };
    }

    @Override
    public void delete(Path file) throws IOException {
        step();
        super.delete(file);
    }

    @Override
    public void moveFolder(Path from, Path to) throws IOException {
        step();
        super.moveFolder(from, to);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        step();
        super.createDirectories(directory);
    }

    private void step() throws IOException {
        left--;
        if (left <= 0) {
            throw new IOException("died");
        }
    }
}
