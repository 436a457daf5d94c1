/// The live demonstration: a simulated street, settled as a real one would be.
@NullMarked
package mitoyen.simulator.demo;

import org.jspecify.annotations.NullMarked;
