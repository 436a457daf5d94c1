/// How a node begins from a snapshot that others give it, and gives others its own.
@NullMarked
package mitoyen.consensus.joining;

import org.jspecify.annotations.NullMarked;
