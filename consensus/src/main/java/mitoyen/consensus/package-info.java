/// The boundary between order and meaning, shaped like ABCI 2.0: what an engine orders, what it
/// drives, and the block that comes of it. Spec: `docs/spec/journal.md`.
@NullMarked
package mitoyen.consensus;

import org.jspecify.annotations.NullMarked;
