package mitoyen.simulator.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A port of this machine whose connections are led on to another, and which can be cut.
final class Relay implements AutoCloseable {
    private final ServerSocket entrance;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Relay(ServerSocket entrance, InetSocketAddress target) {
        this.entrance = entrance;
        this.target = target;
    }

    /// Leads to a port of the loopback, from a port that the system chooses.
    static Relay to(int port) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        Relay relay =
                new Relay(new ServerSocket(0, 50, loopback), new InetSocketAddress(loopback, port));
        Thread.ofVirtual().name("relay").start(relay::accept);
        return relay;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /// Ends all connections at once, and every new one as soon as it is made.
    void cut() {
        cut = true;
        open.forEach(Relay::end);
    }

    /// Leads on again.
    void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                Thread.ofVirtual().name("relay").start(() -> lead(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void lead(Socket near) {
        Socket far = new Socket();
        open.add(near);
        open.add(far);
        try {
            // Looked at behind the adding: whoever cuts then ends these too.
            if (!cut) {
                far.connect(target);
                Thread back = Thread.ofVirtual().name("relay").start(() -> copy(far, near));
                copy(near, far);
                back.join();
            }
        } catch (IOException unreachable) {
            // Whoever dialled sees the same: his connection ends.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            end(near);
            end(far);
            open.remove(near);
            open.remove(far);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // By one side, or cut.
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            // There is nothing to keep of it.
        }
    }
}
