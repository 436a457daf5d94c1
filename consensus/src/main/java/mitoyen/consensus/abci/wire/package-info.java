/// The messages of ABCI 2.0, made from `abci.proto` by the build.
@NullMarked
package mitoyen.consensus.abci.wire;

import org.jspecify.annotations.NullMarked;
