/// The community file: what its members agreed, read from YAML with the line of every mistake.
@NullMarked
package mitoyen.node.community;

import org.jspecify.annotations.NullMarked;
