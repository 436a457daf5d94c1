@NullMarked
package mitoyen.simulator.faults;

import org.jspecify.annotations.NullMarked;
