/// The engine of several nodes: CometBFT orders, and what it orders becomes the ledger's blocks.
@NullMarked
package mitoyen.consensus.cometbft;

import org.jspecify.annotations.NullMarked;
