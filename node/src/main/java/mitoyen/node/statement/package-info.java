/// The statement of a member and a billing period: a page to print and the same as a table.
@NullMarked
package mitoyen.node.statement;

import org.jspecify.annotations.NullMarked;
