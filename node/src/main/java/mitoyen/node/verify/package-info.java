/// Checks a finished ledger, and repairs nothing.
@NullMarked
package mitoyen.node.verify;

import org.jspecify.annotations.NullMarked;
