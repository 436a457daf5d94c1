package mitoyen.node.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.consensus.journal.Journal;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.wire.Bundle;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.configuration.NodeConfiguration.Beginning;
import mitoyen.node.configuration.NodeConfiguration.Limits;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.running.Keep;
import mitoyen.node.running.People;
import mitoyen.node.running.Street;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node of this process, on a ledger that anyone can sign on, and a client for it.
final class NodeFixture implements AutoCloseable {
    /// Of a node that is patient: what a test says nothing of ends no connection of it, however
    /// slow the machine is.
    static final Limits LIMITS = limits(60);

    private static final JsonMapper JSON = new JsonMapper();

    final Genesis genesis;
    final Street street;
    final People people;
    final RunningNode node;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// @param folder with a sub-folder for the node
    NodeFixture(Path folder) throws Exception {
        this(folder, Street.genesis(), 10_000, InstantSource.system());
    }

    /// @param genesis of its ledger
    /// @param snapshotBlocks how many blocks there are between two snapshots
    NodeFixture(Path folder, Genesis genesis, int snapshotBlocks, InstantSource clock)
            throws Exception {
        this(folder, genesis, snapshotBlocks, new Keep.All(), Journal.SEGMENT_BYTES, clock);
    }

    /// @param limits of what it takes in at once
    NodeFixture(Path folder, Limits limits) throws Exception {
        this(
                folder,
                Street.genesis(),
                10_000,
                new Keep.All(),
                Journal.SEGMENT_BYTES,
                InstantSource.system(),
                limits);
    }

    /// @param keep how many blocks are kept
    /// @param segmentBytes the size past which a new segment begins
    NodeFixture(
            Path folder,
            Genesis genesis,
            int snapshotBlocks,
            Keep keep,
            long segmentBytes,
            InstantSource clock)
            throws Exception {
        this(folder, genesis, snapshotBlocks, keep, segmentBytes, clock, LIMITS);
    }

    private NodeFixture(
            Path folder,
            Genesis genesis,
            int snapshotBlocks,
            Keep keep,
            long segmentBytes,
            InstantSource clock,
            Limits limits)
            throws Exception {
        this.genesis = genesis;
        this.street = new Street(genesis);
        this.people = new People(genesis);
        Files.createDirectories(folder);
        Path file = folder.resolve("genesis.cbor");
        Files.write(file, genesis.toBytes());
        this.node =
                RunningNode.start(
                        new NodeConfiguration(
                                folder.resolve("node"),
                                new Beginning.FromFile(file),
                                "127.0.0.1",
                                0,
                                snapshotBlocks,
                                keep,
                                Optional.empty(),
                                InboxOptions.STANDARD,
                                Level.INFO,
                                limits),
                        new RealDisk(),
                        new SecureRandom(),
                        clock,
                        segmentBytes);
    }

    /// What a node takes in at once, three streams among it.
    ///
    /// @param requestSeconds how long a request may take to arrive, and a reader to read [s]
    static Limits limits(int requestSeconds) {
        return new Limits(1_000, 100, 1 << 24, 100, 3, requestSeconds);
    }

    /// Starts a node that settles what lies in an inbox.
    ///
    /// @param folder of its own
    static RunningNode startWithInbox(Path folder, Beginning beginning, Path inbox)
            throws Exception {
        return startWithInbox(folder, beginning, inbox, new RealDisk());
    }

    /// The same on a disk.
    static RunningNode startWithInbox(Path folder, Beginning beginning, Path inbox, Disk disk)
            throws Exception {
        return RunningNode.start(
                new NodeConfiguration(
                        folder,
                        beginning,
                        "127.0.0.1",
                        0,
                        1_000,
                        new Keep.All(),
                        Optional.of(inbox),
                        InboxOptions.STANDARD,
                        Level.INFO,
                        LIMITS),
                disk,
                new SecureRandom(),
                InstantSource.system());
    }

    /// The threads of nodes that run in this process, by name.
    static List<String> listThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("execute|bundle|verify-.*|views|inbox|settler"))
                .sorted()
                .toList();
    }

    URI uri(String path) {
        return node.address().resolve(path);
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).build());
    }

    HttpResponse<String> post(byte[] transaction, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request("/api/v1/transactions", headers)
                        .POST(BodyPublishers.ofByteArray(transaction));
        if (headers.length == 0) {
            request.header("Content-Type", "application/cbor");
        }
        return send(request.build());
    }

    /// Sends many transactions in one request.
    HttpResponse<String> postAll(List<byte[]> transactions)
            throws IOException, InterruptedException {
        Bundle bundle = new Bundle(transactions.stream().map(ByteString::of).toList());
        return send(
                request("/api/v1/bundles", "Content-Type", "application/cbor")
                        .POST(BodyPublishers.ofByteArray(bundle.toBytes()))
                        .build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> sendForBytes(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        node.close();
    }

    /// A server of some routes and nothing behind it.
    ///
    /// @param bodyBytes the longest body that it takes
    static ApiServer serve(int bodyBytes, ApiServer.Routes routes) throws IOException {
        return serve(bodyBytes, LIMITS, routes);
    }

    /// The same, with other limits.
    static ApiServer serve(int bodyBytes, Limits limits, ApiServer.Routes routes)
            throws IOException {
        NodeConfiguration configuration =
                new NodeConfiguration(
                        Path.of("unused"),
                        new Beginning.Existing(),
                        "127.0.0.1",
                        0,
                        1,
                        new Keep.All(),
                        Optional.empty(),
                        InboxOptions.STANDARD,
                        Level.INFO,
                        limits);
        return ApiServer.start(configuration, bodyBytes, List.of(routes));
    }
}
