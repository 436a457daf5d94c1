package mitoyen.consensus.disk;

import java.io.IOException;
import java.nio.file.Path;

/// The disk of the machine, with something that happens before each sync of a file that grows.
public final class WatchedDisk extends ForwardingDisk {
    private final Step beforeSync;

    /// @param beforeSync what happens then
    public WatchedDisk(Step beforeSync) {
        super(new RealDisk());
        this.beforeSync = beforeSync;
    }

    /// What happens before a sync.
    @FunctionalInterface
    public interface Step {
        /// Lets it happen.
        void run() throws IOException;
    }

    @Override
    public Appender append(Path file) throws IOException {
        return new ForwardingAppender(super.append(file)) {
            @Override
            public void sync() throws IOException {
                beforeSync.run();
                super.sync();
            }
        };
    }
}
