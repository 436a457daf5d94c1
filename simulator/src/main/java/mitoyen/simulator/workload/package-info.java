/// What a simulated neighbourhood sends to its ledger: every kind of transaction, valid and not.
@NullMarked
package mitoyen.simulator.workload;

import org.jspecify.annotations.NullMarked;
