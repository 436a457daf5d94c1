/// Tables of what happened on the ledger, fed behind it from the events of its blocks, for the API
/// and for a city's own tools; documented in `docs/views.md`. They can be deleted at any time.
@NullMarked
package mitoyen.node.views;

import org.jspecify.annotations.NullMarked;
