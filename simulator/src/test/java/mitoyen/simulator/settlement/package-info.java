/// The pipeline end to end: from a community's file and its readings to the ledger, and back.
@NullMarked
package mitoyen.simulator.settlement;

import org.jspecify.annotations.NullMarked;
