/// The ledger's state as bytes: what a snapshot's file holds (LE-158, LE-195).
@NullMarked
package mitoyen.node.snapshot;

import org.jspecify.annotations.NullMarked;
