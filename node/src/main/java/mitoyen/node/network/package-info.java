/// A network of several machines before it runs: what each founder sends the others, and the
/// genesis that they make of it together.
@NullMarked
package mitoyen.node.network;

import org.jspecify.annotations.NullMarked;
