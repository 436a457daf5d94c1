/// Every durable write goes through here, so that a test can crash the program at each of them.
@NullMarked
package mitoyen.consensus.disk;

import org.jspecify.annotations.NullMarked;
