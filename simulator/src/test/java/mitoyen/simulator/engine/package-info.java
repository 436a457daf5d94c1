/// One ledger behind each engine, and what must be the same of it.
@NullMarked
package mitoyen.simulator.engine;

import org.jspecify.annotations.NullMarked;
