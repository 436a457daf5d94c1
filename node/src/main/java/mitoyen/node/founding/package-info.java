/// What a new ledger begins with.
@NullMarked
package mitoyen.node.founding;

import org.jspecify.annotations.NullMarked;
