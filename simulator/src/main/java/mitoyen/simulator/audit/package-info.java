/// The ledger's rules a second time, written from their specification and not from the code: what
/// each transaction must be answered, and what everybody must then hold.
@NullMarked
package mitoyen.simulator.audit;

import org.jspecify.annotations.NullMarked;
