package mitoyen.node.testnet;

import java.net.URI;
import java.nio.file.Path;

/// A node of a network on one machine.
///
/// @param folder what is its own: `node.yaml`, `data/` (its ledger), `cometbft/`, logs
/// @param validator whether it votes from the start
/// @param httpPort where it answers
/// @param rpcPort where its CometBFT answers
/// @param peerPort where its CometBFT listens for the others
/// @param applicationPort where its CometBFT dials it
public record Member(
        Path folder,
        boolean validator,
        int httpPort,
        int rpcPort,
        int peerPort,
        int applicationPort) {
    /// What it is called: the name of its folder.
    public String name() {
        return folder.getFileName().toString();
    }

    /// Where it answers.
    public URI address() {
        return URI.create("http://127.0.0.1:" + httpPort + "/");
    }

    /// Where its CometBFT answers.
    public URI rpc() {
        return URI.create("http://127.0.0.1:" + rpcPort);
    }

    /// What it runs by.
    public Path configuration() {
        return folder.resolve("node.yaml");
    }

    /// Where its ledger lies.
    public Path data() {
        return folder.resolve("data");
    }

    /// The folder of its CometBFT.
    public Path cometbft() {
        return folder.resolve("cometbft");
    }

    /// What it says.
    public Path log() {
        return folder.resolve("node.log");
    }

    /// The key of whoever runs it, one of the council's; replicas have none.
    public Path operatorKey() {
        return folder.resolve("operator.key");
    }

    /// The number of its process, and when that began.
    Path processFile() {
        return folder.resolve("process");
    }
}
