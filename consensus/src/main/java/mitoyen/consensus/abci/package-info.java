/// The application's side of ABCI 2.0: the socket on which CometBFT v0.40.0 drives it.
@NullMarked
package mitoyen.consensus.abci;

import org.jspecify.annotations.NullMarked;
