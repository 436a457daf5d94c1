/// Transactions as people write and read them: from a file, and in words made from what is signed.
@NullMarked
package mitoyen.node.transaction;

import org.jspecify.annotations.NullMarked;
