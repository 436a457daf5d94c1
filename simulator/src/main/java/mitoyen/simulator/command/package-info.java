/// What the simulator adds to the commands of `./mitoyen`.
@NullMarked
package mitoyen.simulator.command;

import org.jspecify.annotations.NullMarked;
