package mitoyen.node.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import mitoyen.consensus.abci.AbciAddress;

/// How a node takes part in the order of several.
///
/// @param home CometBFT's own folder: `config/` and `data/`
/// @param binary CometBFT's program, if it is named
/// @param start whether the node starts it; otherwise somebody else does
/// @param application where CometBFT dials the node
/// @param rpc where CometBFT listens for its own interface: host and port
/// @param sync how it begins from a snapshot of others; empty where it fetches all blocks
public record CometSettings(
        Path home,
        Optional<Path> binary,
        boolean start,
        AbciAddress application,
        String rpc,
        Optional<SyncSettings> sync) {
    /// Where CometBFT's own interface is spoken to.
    public URI rpcAddress() {
        return URI.create("http://" + rpc);
    }
}
