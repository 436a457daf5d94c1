/// One class a command of `./mitoyen`.
@NullMarked
package mitoyen.node.command;

import org.jspecify.annotations.NullMarked;
