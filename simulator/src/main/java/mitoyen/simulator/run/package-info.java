/// Whole lives of ledgers in one thread from one seed: a node's core on a disk and under a clock
/// that go wrong, and an auditor that knows what it must answer.
@NullMarked
package mitoyen.simulator.run;

import org.jspecify.annotations.NullMarked;
