/// What a node knows and the ledger does not: readings, terms and names, each sealed under the key
/// of whom it concerns.
@NullMarked
package mitoyen.node.vault;

import org.jspecify.annotations.NullMarked;
