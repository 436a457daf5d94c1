/// The secrets of a node: everything that chance decides lies here and nowhere else.
@NullMarked
package mitoyen.node.keys;

import org.jspecify.annotations.NullMarked;
