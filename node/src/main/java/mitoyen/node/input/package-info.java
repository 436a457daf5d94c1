/// What is wrong with a file that someone gave us: one line a mistake, with the file, the line,
/// what is wrong and how to mend it.
@NullMarked
package mitoyen.node.input;

import org.jspecify.annotations.NullMarked;
