package mitoyen.node.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.ForwardingDisk;

/// A disk that tells how long each sync of a file that grows took.
final class MeasuredDisk extends ForwardingDisk {
    private final LongConsumer synced;

    /// @param synced told the time that a sync took [ns]
    MeasuredDisk(Disk disk, LongConsumer synced) {
        super(disk);
        this.synced = synced;
    }

    @Override
    public Appender append(Path file) throws IOException {
        return new ForwardingAppender(super.append(file)) {
            @Override
            public void sync() throws IOException {
                long start = System.nanoTime();
                super.sync();
                synced.accept(System.nanoTime() - start);
            }
        };
    }
}
