package mitoyen.node.testnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Ports of the loopback that nothing listens on, below those that a system gives to outgoing
/// connections: so none is taken away while its node is down.
///
/// They come in blocks. Whoever takes from a block listens on its first port as long as its process
/// lives, so that nobody else takes a port of a node that does not listen yet, or is down.
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int BLOCKS = 300;
    private static final int BLOCK_PORTS = 40;

    /// What this process listens on to keep its blocks.
    private static final Queue<ServerSocket> KEPT = new ConcurrentLinkedQueue<>();

    private FreePorts() {}

    /// So many free ports, neighbours where possible, none of which was found before.
    ///
    /// @param seed where to begin to look, so that two networks seldom meet
    /// @throws IOException if there are not so many
    public static List<Integer> find(int count, long seed) throws IOException {
        List<Integer> ports = new ArrayList<>();
        int start = (int) Math.floorMod(seed, (long) BLOCKS);
        for (int i = 0; i < BLOCKS && ports.size() < count; i++) {
            int block = FIRST + (start + i) % BLOCKS * BLOCK_PORTS;
            if (keep(block)) {
                for (int port = block + 1; port < block + BLOCK_PORTS; port++) {
                    if (ports.size() < count && isFree(port)) {
                        ports.add(port);
                    }
                }
            }
        }
        if (ports.size() < count) {
            throw new IOException("no %d free ports of 127.0.0.1".formatted(count));
        }
        return ports;
    }

    @SuppressWarnings("resource") // Open until the process ends.
    private static boolean keep(int block) {
        try {
            return KEPT.add(listen(block));
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
    }
}
