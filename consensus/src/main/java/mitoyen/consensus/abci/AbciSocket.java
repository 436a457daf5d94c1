package mitoyen.consensus.abci;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// A socket that is listened on, open to those who may.
///
/// @param address with the port that was taken
record AbciSocket(ServerSocketChannel channel, AbciAddress address) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    /// Binds. A Unix socket's folder is made where it is missing, for its user alone; a socket that
    /// a killed program left there is replaced.
    ///
    /// @throws IOException if it is in use, or could be reached by others than the options allow
    static AbciSocket open(AbciAddress address, AbciOptions options) throws IOException {
        SocketAddress resolved = address.resolve(options.loopbackOnly());
        return switch (address) {
            case AbciAddress.Tcp tcp -> {
                ServerSocketChannel channel = bind(ServerSocketChannel.open(), resolved, address);
                int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
                yield new AbciSocket(channel, new AbciAddress.Tcp(tcp.host(), port));
            }
            case AbciAddress.Unix unix -> {
                prepare(unix.path(), options.loopbackOnly());
                ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                yield new AbciSocket(bind(channel, resolved, address), address);
            }
        };
    }

    /// Listens no more, and removes a Unix socket's file.
    void close() {
        try {
            channel.close();
            if (address instanceof AbciAddress.Unix unix) {
                Files.deleteIfExists(unix.path());
            }
        } catch (IOException left) {
            // A socket file without a listener is replaced by whoever comes next.
        }
    }

    private static ServerSocketChannel bind(
            ServerSocketChannel channel, SocketAddress at, AbciAddress address) throws IOException {
        try {
            return channel.bind(at);
        } catch (IOException refused) {
            channel.close();
            throw new IOException(
                    "cannot listen on " + address + ": " + refused.getMessage(), refused);
        }
    }

    private static void prepare(Path socket, boolean ownerOnly) throws IOException {
        Path folder = socket.getParent();
        if (folder == null) {
            throw new IOException(socket + " is no path of a socket");
        }
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Set<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(Files.getPosixFilePermissions(folder));
        others.removeAll(OWNER_ONLY);
        if (ownerOnly && !others.isEmpty()) {
            throw new IOException(
                    folder
                            + " is open to other users, and whoever reaches the socket in it drives"
                            + " the ledger; set its mode to 0700");
        }
        if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            removeIfDead(socket);
        }
    }

    private static void removeIfDead(Path socket) throws IOException {
        if (!Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(socket + " is there and is no socket");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            throw new IOException(socket + " is listened on by another program, " + probe);
        } catch (ConnectException dead) {
            Files.delete(socket);
        }
    }
}
