package mitoyen.consensus.abci;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/// Where an application listens for CometBFT, as its `proxy_app` is written.
public sealed interface AbciAddress {
    /// A TCP port. Every program of a machine can reach its loopback; a Unix socket is closer.
    ///
    /// @param host a name or an address
    /// @param port from 0 to 65,535; 0 takes a free one
    record Tcp(String host, int port) implements AbciAddress {
        public Tcp {
            if (host.isEmpty() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "a TCP address is tcp://host:port, not " + host + ":" + port);
            }
        }

        @Override
        public String toString() {
            return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /// A Unix socket, in a folder that belongs to its user alone.
    ///
    /// @param path absolute, of about 100 bytes at most
    record Unix(Path path) implements AbciAddress {
        public Unix {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException(
                        "a Unix socket's path begins with /, unlike " + path);
            }
        }

        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /// Reads `tcp://host:port` or `unix:///path`.
    ///
    /// @throws IllegalArgumentException if it is neither
    static AbciAddress parse(String text) {
        if (text.startsWith("unix://")) {
            return new Unix(Path.of(text.substring("unix://".length())));
        }
        URI uri = URI.create(text);
        if (!"tcp".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException(
                    text + " is not an address; write tcp://host:port or unix:///path");
        }
        String host = uri.getHost();
        boolean bracketed = host.startsWith("[");
        return new Tcp(bracketed ? host.substring(1, host.length() - 1) : host, uri.getPort());
    }

    /// The address to bind to.
    ///
    /// @throws IOException if a host is unknown, or is not this machine's loopback and must be
    default SocketAddress resolve(boolean loopbackOnly) throws IOException {
        return switch (this) {
            case Unix unix -> UnixDomainSocketAddress.of(unix.path());
            case Tcp tcp -> {
                InetAddress address;
                try {
                    address = InetAddress.getByName(tcp.host());
                } catch (UnknownHostException unknown) {
                    throw new IOException(this + ": the host is unknown", unknown);
                }
                if (loopbackOnly && !address.isLoopbackAddress()) {
                    throw new IOException(
                            this
                                    + " can be reached from other machines, and whoever reaches it"
                                    + " drives the ledger; listen on 127.0.0.1 or a Unix socket");
                }
                yield new InetSocketAddress(address, tcp.port());
            }
        };
    }
}
