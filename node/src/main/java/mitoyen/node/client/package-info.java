/// A ledger's node as those see it who use it from elsewhere: by HTTP, and through lost answers.
@NullMarked
package mitoyen.node.client;

import org.jspecify.annotations.NullMarked;
