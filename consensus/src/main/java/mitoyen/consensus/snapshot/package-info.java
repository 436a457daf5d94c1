/// The state of an application in a file, so that it need not be executed from the first block.
@NullMarked
package mitoyen.consensus.snapshot;

import org.jspecify.annotations.NullMarked;
