/// The file `node.yaml` that says how a node runs; documented in `docs/node.md`.
@NullMarked
package mitoyen.node.configuration;

import org.jspecify.annotations.NullMarked;
