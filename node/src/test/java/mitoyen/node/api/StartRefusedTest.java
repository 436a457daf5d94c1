package mitoyen.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.ForwardingDisk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.configuration.NodeFile;
import mitoyen.node.input.DiskFailure;
import mitoyen.node.input.Fault;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching(
                            "127\\.0\\.0\\.1 port %d is not to be had: [^;]+; name another under"
                                            .formatted(port)
                                    + " http: in node\\.yaml");
        }
        assertThat(folder.resolve("node")).doesNotExist();
    }

    /// The one is for documents and no machine's; the other lacks the name of its interface.
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.1", "fe80::1"})
    void anAddressThatCannotBeListenedAtIsNamed(String host) {
        assertThatThrownBy(() -> start("found: {name: x}\nhttp: {host: '" + host + "', port: 0}\n"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(host + " port 0 is not to be had: ")
                .hasMessageEndingWith("; name another under http: in node.yaml");
        assertThat(folder.resolve("node")).doesNotExist();
    }

    /// Who starts a node twice finds the port taken as well, by the first.
    @Test
    void aFolderInUseIsToldBeforeAPortThatIsTaken() throws Exception {
        String rest = "found: {name: x}\nhttp: {port: %d}\n";
        try (RunningNode node = open(rest.formatted(0), new RealDisk())) {
            assertThatThrownBy(() -> start(rest.formatted(node.address().getPort())))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused ->
                                    assertThat(refused.reason().fault())
                                            .isEqualTo(Fault.FOLDER_BUSY));
            assertThat(node.height()).isZero();
        }
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

    /// Cut short by a disk or by a copy; whatever the node is told to begin with.
    @ParameterizedTest
    @CsvSource({"found: {name: x}, 0", "genesis: genesis.cbor, 50", "log: info, 99"})
    void aGenesisInTheLedgerThatWasCutShortIsNamed(String beginning, int bytes) throws Exception {
        start("found: {name: x}\nhttp: {port: 0}\n");
        Path kept = folder.resolve("node/ledger/genesis.cbor");
        Files.copy(kept, folder.resolve("genesis.cbor"));
        Files.write(kept, Arrays.copyOf(Files.readAllBytes(kept), bytes));
        assertThatThrownBy(() -> start(beginning + "\nhttp: {port: 0}\n"))
                .isInstanceOf(InputMistakes.class)
                .hasMessageMatching(
                        Pattern.quote(kept + ": not a genesis: ")
                                + "[^;]+; put the genesis\\.cbor of this ledger there, or restore"
                                + " the folder from a backup");
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
        assertThat(folder.resolve("node")).doesNotExist();
    }

    /// What settles later could only log it.
    @ParameterizedTest
    @ValueSource(ints = {0, 60})
    void aKeyFileThatWasCutShortIsNamedWhereTheNodeSettles(int bytes) throws Exception {
        String rest = "found: {name: x}\nhttp: {port: 0}\ninbox: in\n";
        start(rest);
        Path key = folder.resolve("node/keys/community.key");
        Files.write(key, Arrays.copyOf(Files.readAllBytes(key), bytes));
        assertThatThrownBy(() -> start(rest))
                .isInstanceOf(IOException.class)
                .hasMessage(key + ": not a key file; restore it from a backup of keys/");
    }

    /// Also of parts that only a later hour would need.
    @ParameterizedTest
    @ValueSource(strings = {"ledger", "snapshots", "joining", "keys", "vault"})
    void aFileInTheFoldersOfAPartIsNamed(String part) throws Exception {
        Path file = Files.createDirectory(folder.resolve("node")).resolve(part);
        Files.writeString(file, "mine");
        assertRefused(file + ": a file, not a folder; move it away or name another");
        assertThat(listed(folder.resolve("node"))).containsExactly(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "views.sqlite",
                "views.sqlite-wal",
                "views.sqlite-shm",
                ".lock",
                "keys/community.key"
            })
    void aFolderInAFilesPlaceIsNamed(String part) throws Exception {
        Path there = Files.createDirectories(folder.resolve("node").resolve(part));
        assertRefused(there + ": a folder, not a file; move it away");
        assertThat(listed(folder.resolve("node"))).containsExactly(part.replaceAll("/.*", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "., r-xr-xr-x, write",
        "ledger, r-xr-xr-x, write",
        "ledger, rw-rw-rw-, read what is in",
        "snapshots, r-xr-xr-x, write",
        "keys, ---------, read",
        "keys/community.key, -w-------, read",
        "views.sqlite, r--r--r--, write"
    })
    void whatTheNodeMayNotReachIsNamed(String part, String mode, String what) throws Exception {
        start("found: {name: x}\nhttp: {port: 0}\n");
        Path denied =
                Files.createDirectories(folder.resolve("node/snapshots")).resolveSibling(part);
        Path place = part.equals(".") ? folder.resolve("node") : denied;
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(place);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));
        try {
            assumeThat(Files.isReadable(place) && Files.isWritable(place) && isEntered(place))
                    .as("reached whatever its mode: run the tests as another user than root")
                    .isFalse();
            assertRefused(place + ": not allowed to " + what + " it; check its owner and mode");
        } finally {
            Files.setPosixFilePermissions(place, before);
        }
        start("found: {name: x}\nhttp: {port: 0}\n");
    }

    private static boolean isEntered(Path place) {
        return !Files.isDirectory(place) || Files.isExecutable(place);
    }

    private void assertRefused(String line) {
        assertThatThrownBy(() -> start("found: {name: x}\nhttp: {port: 0}\n"))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure -> assertThat(DiskFailure.describe(failure)).isEqualTo(line));
    }

    private static List<String> listed(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void nothingIsMadeWhereSettlingIsRefused() {
        assertThatThrownBy(() ->
                        start(
                                """
                                found: {name: x}
                                http: {port: 0}
                                settle: {community: x, key: k}
                                """))
                .isInstanceOf(InputMistakes.class)
                .hasMessageContaining("settle");
        assertThat(folder.resolve("node")).doesNotExist();
    }

    @Test
    void whatWasOpenedIsClosedWhereTheLastPartCannotBe() throws Exception {
        String rest = "found: {name: x}\ninbox: in\nhttp: {port: %d}\n".formatted(freePort());
        Disk full =
                new ForwardingDisk(new RealDisk()) {
                    @Override
                    public void createDirectories(Path directory) throws IOException {
                        if (directory.equals(folder.resolve("in"))) {
                            throw new IOException("no space left");
                        }
                        super.createDirectories(directory);
                    }
                };
        List<String> before = NodeFixture.listThreads();
        assertThatThrownBy(() -> open(rest, full)).hasMessage("no space left");
        assertThat(NodeFixture.listThreads()).isEqualTo(before);
        open(rest, new RealDisk()).close();
    }

    /// A port that the system gives to nobody by itself: others of this machine may ask for any in
    /// the meantime.
    private static int freePort() throws IOException {
        while (true) {
            int port = RandomGenerator.getDefault().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // another one
            }
        }
    }

    private void start(String rest) throws Exception {
        open(rest, new RealDisk()).close();
    }

    private RunningNode open(String rest, Disk disk) throws Exception {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, "version: 1\nfolder: node\n" + rest);
        return RunningNode.start(
                NodeFile.read(file), disk, new SecureRandom(), InstantSource.system());
    }
}
