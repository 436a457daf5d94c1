/// Quantities: one `long` each, with a unit in the name of its component, checked arithmetic and
/// named rounding. Nothing here is a floating-point number.
@NullMarked
package mitoyen.ledger.quantity;

import org.jspecify.annotations.NullMarked;
