/// The engine of a ledger that one process keeps.
@NullMarked
package mitoyen.consensus.embedded;

import org.jspecify.annotations.NullMarked;
