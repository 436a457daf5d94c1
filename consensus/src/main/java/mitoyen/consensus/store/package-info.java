/// A ledger on disk and the application in its state: what every engine keeps its blocks in.
@NullMarked
package mitoyen.consensus.store;

import org.jspecify.annotations.NullMarked;
