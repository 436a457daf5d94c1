/// The ledger of a node that runs: what arrives is verified on every processor, executed by one
/// thread, made durable in blocks, and only then answered.
@NullMarked
package mitoyen.node.running;

import org.jspecify.annotations.NullMarked;
