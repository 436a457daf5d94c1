package mitoyen.simulator.faults;

import java.io.IOException;

/// A failure that a disk made up and owns to: what the program does about it is under test.
public final class DiskFault extends IOException {
    private static final long serialVersionUID = 1;

    DiskFault(String message) {
        super(message);
    }
}
