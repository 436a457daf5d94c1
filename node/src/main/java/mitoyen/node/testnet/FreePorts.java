package mitoyen.node.testnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Ports of the loopback that nothing listens on, below those that a system gives to outgoing
/// connections: so none is taken away while its node is down.
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private FreePorts() {}

    /// So many free ports, neighbours where possible.
    ///
    /// @param seed where to begin to look, so that two networks seldom meet
    /// @throws IOException if there are not so many
    public static List<Integer> find(int count, long seed) throws IOException {
        List<Integer> ports = new ArrayList<>();
        int span = LAST - FIRST;
        int start = (int) Math.floorMod(seed, (long) span);
        for (int i = 0; i < span && ports.size() < count; i++) {
            int port = FIRST + (start + i) % span;
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IOException("no %d free ports of 127.0.0.1".formatted(count));
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
