package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.input.DiskFailure;
import mitoyen.node.input.InputMistakes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that cannot start says why in one line that names what to mend.
class StartRefusedTest {
    @TempDir private Path folder;

    @Test
    void anAddressThatIsNotThisMachinesIsNamed() {
        assertThatThrownBy(() -> start("found: {name: x}\nhttp: {host: 300.1.1.1, port: 0}\n"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "300.1.1.1: no address of this machine; name another under http: in"
                                + " node.yaml");
    }

    @Test
    void nothingIsMadeWhereThePortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> start("found: {name: x}\nhttp: {port: %d}\n".formatted(port)))
                    .hasMessage(
                            "127.0.0.1 port %d is not to be had; name another under http: in"
                                            .formatted(port)
                                    + " node.yaml");
        }
        assertThat(folder.resolve("node")).doesNotExist();
    }

    @Test
    void aGenesisThatIsNotThereIsAskedForByItsName() {
        assertThatThrownBy(() -> start("genesis: genesis.cbor\nhttp: {port: 0}\n"))
                .isInstanceOf(InputMistakes.class)
                .hasMessage(
                        folder.resolve("genesis.cbor")
                                + ": no such file; give the file genesis.cbor of the ledger to"
                                + " join");
    }

    @Test
    void aFileInTheInboxsPlaceIsNamed() throws Exception {
        Path inbox = Files.writeString(folder.resolve("in"), "mine");
        assertThatThrownBy(() -> start("found: {name: x}\nhttp: {port: 0}\ninbox: in\n"))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure ->
                                assertThat(DiskFailure.describe(failure))
                                        .isEqualTo(
                                                inbox
                                                        + ": is there already; move it away or"
                                                        + " name another"));
    }

    private void start(String rest) throws Exception {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, "version: 1\nfolder: node\n" + rest);
        RunningNode.start(
                        NodeFile.read(file),
                        new RealDisk(),
                        new SecureRandom(),
                        InstantSource.system())
                .close();
    }
}
