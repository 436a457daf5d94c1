/// The log of a node: one JSON object a line.
@NullMarked
package mitoyen.node.logging;

import org.jspecify.annotations.NullMarked;
