/// What can go wrong with a machine, on purpose and by seed.
@NullMarked
package mitoyen.simulator.faults;

import org.jspecify.annotations.NullMarked;
