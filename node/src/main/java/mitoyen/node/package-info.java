/// The program.
@NullMarked
package mitoyen.node;

import org.jspecify.annotations.NullMarked;
