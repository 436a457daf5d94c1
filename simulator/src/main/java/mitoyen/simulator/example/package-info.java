/// The synthetic month that lies in `examples/`, and the command that makes it anew.
@NullMarked
package mitoyen.simulator.example;

import org.jspecify.annotations.NullMarked;
