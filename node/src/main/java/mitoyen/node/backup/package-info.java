/// A ledger's folder in one file under a passphrase, and back.
@NullMarked
package mitoyen.node.backup;

import org.jspecify.annotations.NullMarked;
