/// The boundary between order and meaning, shaped like ABCI 2.0, and the embedded engine behind it.
@NullMarked
package mitoyen.consensus;

import org.jspecify.annotations.NullMarked;
