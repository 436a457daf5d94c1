/// The pipeline of the main job: readings in, a settled ledger and its documents out.
@NullMarked
package mitoyen.node.settlement;

import org.jspecify.annotations.NullMarked;
