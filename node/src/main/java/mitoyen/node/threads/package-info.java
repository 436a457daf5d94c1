/// Work on several threads whose results come in one order (decision 0015).
@NullMarked
package mitoyen.node.threads;

import org.jspecify.annotations.NullMarked;
