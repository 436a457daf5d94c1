/// The page of a ledger: what a street shared, drawn and written so that anyone can read it and
/// check it. Rendered on the server, served on this machine alone.
@NullMarked
package mitoyen.node.page;

import org.jspecify.annotations.NullMarked;
