package mitoyen.node.network;

import java.time.Instant;
import mitoyen.ledger.account.SignerKey;

/// Somebody who founds a network with others, on a machine of his own. Nothing of it is secret.
///
/// @param name what the others call him, 1 to 40 letters, digits, points, hyphens and underscores
/// @param reach where the others' nodes reach his: `host:port`
/// @param node by which CometBFT's peers know his, 40 hexadecimal digits
/// @param validator the Ed25519 key by which his node signs blocks
/// @param council the key by which he signs for the council
/// @param made when he said so, in whole seconds
public record Founder(
        String name,
        String reach,
        String node,
        SignerKey validator,
        SignerKey council,
        Instant made) {
    /// How CometBFT's settings name his node.
    public String peer() {
        return node + "@" + reach;
    }
}
