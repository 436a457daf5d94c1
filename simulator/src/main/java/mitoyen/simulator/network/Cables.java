package mitoyen.simulator.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.node.testnet.Member;

/// The connections between the CometBFTs of a network, each through a relay of its own, so that a
/// node can be cut off from the others while it runs.
public final class Cables implements AutoCloseable {
    private final List<Cable> cables = new ArrayList<>();

    private Cables() {}

    /// Leads every connection of a network that does not run yet through a relay.
    public static Cables lay(Network network) throws IOException {
        Cables laid = new Cables();
        try {
            for (int from = 1; from <= network.size(); from++) {
                laid.layFrom(from, network);
            }
            return laid;
        } catch (IOException | RuntimeException | Error failure) {
            laid.close();
            throw failure;
        }
    }

    private void layFrom(int from, Network network) throws IOException {
        Path file = network.member(from).cometbft().resolve("config/config.toml");
        String toml = Files.readString(file);
        for (int to = 1; to <= network.size(); to++) {
            Member target = network.member(to);
            String address = "@127.0.0.1:" + target.peerPort();
            if (to != from && toml.contains(address)) {
                Relay relay = Relay.to(target.peerPort());
                cables.add(new Cable(from, to, relay));
                toml = toml.replace(address, "@127.0.0.1:" + relay.port());
            }
        }
        Files.writeString(file, toml);
    }

    /// Cuts a node off from all others.
    public void cut(int number) {
        cables.stream().filter(cable -> cable.ends(number)).forEach(cable -> cable.relay.cut());
    }

    /// Lets a node reach the others again, and be reached.
    public void mend(int number) {
        cables.stream().filter(cable -> cable.ends(number)).forEach(cable -> cable.relay.mend());
    }

    @Override
    public void close() throws IOException {
        for (Cable cable : cables) {
            cable.relay.close();
        }
    }

    private record Cable(int from, int to, Relay relay) {
        boolean ends(int number) {
            return from == number || to == number;
        }
    }
}
