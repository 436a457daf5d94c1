/// CometBFT beside the node: found or built, configured, started, and spoken to.
@NullMarked
package mitoyen.node.cometbft;

import org.jspecify.annotations.NullMarked;
