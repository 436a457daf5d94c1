/// Threads: several whose results come in one order (decision 0015), and those that work as long as
/// their node does.
@NullMarked
package mitoyen.node.threads;

import org.jspecify.annotations.NullMarked;
