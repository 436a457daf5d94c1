/// Deliberately bad classes: each breaks one rule, to show that the rule bites.
@NullMarked
package mitoyen.simulator.architecture.bad;

import org.jspecify.annotations.NullMarked;
