/// Blocks in append-only, hash-chained, checksummed segment files. Spec: `docs/spec/journal.md`.
@NullMarked
package mitoyen.consensus.journal;

import org.jspecify.annotations.NullMarked;
