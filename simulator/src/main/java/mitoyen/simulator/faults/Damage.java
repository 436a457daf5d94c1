package mitoyen.simulator.faults;

import java.nio.file.Path;

/// Bytes that are not what the disk said they were: nothing that reads them can mend them.
///
/// @param from where the first of them is [bytes]
/// @param to where the last of them ends [bytes]
public record Damage(Path file, long from, long to) {}
