/// A folder whose files are settled as they arrive, with what was wrong beside them.
@NullMarked
package mitoyen.node.inbox;

import org.jspecify.annotations.NullMarked;
