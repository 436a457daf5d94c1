/// A real network of several nodes, under load, and what of it is counted on.
@NullMarked
package mitoyen.simulator.network;

import org.jspecify.annotations.NullMarked;
