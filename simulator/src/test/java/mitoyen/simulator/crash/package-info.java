/// The program killed, and what it leaves.
@NullMarked
package mitoyen.simulator.crash;

import org.jspecify.annotations.NullMarked;
