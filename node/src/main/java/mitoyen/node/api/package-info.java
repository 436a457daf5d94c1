/// A node's HTTP API: transactions in, what the ledger says out, health and metrics. Its contract
/// is `openapi.yaml`, and a test holds both against each other.
@NullMarked
package mitoyen.node.api;

import org.jspecify.annotations.NullMarked;
