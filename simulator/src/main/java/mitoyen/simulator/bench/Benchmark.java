package mitoyen.simulator.bench;

import java.io.IOException;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// A measurement that sets something beside its physical limit in one run, so that the ratio means
/// the same on any machine.
public interface Benchmark {
    /// Its name on the command line.
    String name();

    /// Measures.
    ///
    /// @param progress hears a line from time to time
    /// @return the figures by name, in the order in which they are to be read
    /// @throws IOException if a file that it needs cannot be written or read
    SequencedMap<String, Object> run(Consumer<String> progress) throws IOException;
}
