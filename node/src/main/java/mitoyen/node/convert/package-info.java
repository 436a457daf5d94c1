/// What others export, turned into readings: each kind says what it had to assume.
@NullMarked
package mitoyen.node.convert;

import org.jspecify.annotations.NullMarked;
