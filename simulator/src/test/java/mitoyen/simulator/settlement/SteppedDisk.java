package mitoyen.simulator.settlement;

import java.io.IOException;
import java.nio.file.Path;
import mitoyen.consensus.disk.ForwardingDisk;
import mitoyen.simulator.faults.FaultyDisk;

/// A disk between whose steps something else happens, such as another process reading: before a
/// file is appended to, replaced or removed, before its end is made durable, and before a commit;
/// not before documents, which no backup reads.
final class SteppedDisk extends ForwardingDisk {
    private final Between between;

    SteppedDisk(Between between) {
        super(FaultyDisk.sound());
        this.between = between;
    }

    /// What happens between two steps.
    @FunctionalInterface
    interface Between {
        void run() throws IOException;
    }

    @Override
    public Appender append(Path file) throws IOException {
        between.run();
        return new ForwardingAppender(super.append(file)) {
            @Override
            public void sync() throws IOException {
                between.run();
                super.sync();
            }
        };
    }

    @Override
    public Replacement replacement(Path file) throws IOException {
        between.run();
        return super.replacement(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        between.run();
        super.delete(file);
    }

    @Override
    public void before(String step) throws IOException {
        super.before(step);
        between.run();
    }
}
