/// A network of several nodes on one machine, to try and to test.
@NullMarked
package mitoyen.node.testnet;

import org.jspecify.annotations.NullMarked;
