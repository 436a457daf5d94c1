package mitoyen.consensus.journal;

import java.nio.file.Path;

/// The beginning of a file that no longer changes while the file goes on growing: what may be
/// copied from a running ledger (`JO-33`). Only pruning takes the file away.
///
/// @param file a file of the journal
/// @param bytes how much of it is stable [bytes]
public record StableFile(Path file, long bytes) {}
