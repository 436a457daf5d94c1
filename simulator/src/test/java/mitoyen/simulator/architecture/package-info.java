/// The rules of the architecture, held against the compiled program.
@NullMarked
package mitoyen.simulator.architecture;

import org.jspecify.annotations.NullMarked;
