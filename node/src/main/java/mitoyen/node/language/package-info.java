/// The words of the program: French and English.
@NullMarked
package mitoyen.node.language;

import org.jspecify.annotations.NullMarked;
