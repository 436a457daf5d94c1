/// One of several settlers of a community: does his part by himself, and nothing while there is
/// nothing to do.
@NullMarked
package mitoyen.node.settlers;

import org.jspecify.annotations.NullMarked;
