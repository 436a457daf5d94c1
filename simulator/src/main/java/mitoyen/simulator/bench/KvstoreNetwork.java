package mitoyen.simulator.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.node.cometbft.CometBinary;
import mitoyen.node.testnet.Member;
import mitoyen.node.testnet.Testnet;
import mitoyen.simulator.network.Network;
import mitoyen.simulator.workload.Street;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// CometBFTs with the key-value store that is built into them, configured as ours are but for the
/// mempool, which has room for as many transactions as by CometBFT's own default: ours holds
/// bundles.
final class KvstoreNetwork implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int BATCH = 10;
    private static final int BYTES = 250;
    private static final int PAUSE_MILLIS = 20;

    private final List<Member> members;
    private final List<Process> processes = new ArrayList<>();
    private final AtomicLong made = new AtomicLong();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// Starts it.
    ///
    /// @param folder one that is not there
    KvstoreNetwork(Path folder, int validators) throws IOException, InterruptedException {
        Path binary = CometBinary.find(Optional.empty());
        members =
                Testnet.create(
                                folder,
                                new Testnet.Plan(new Street(1, 1).genesis(), validators, 0),
                                binary,
                                new RealDisk(),
                                new SecureRandom())
                        .members();
        try {
            for (Member member : members) {
                processes.add(start(binary, member));
            }
            for (Member member : members) {
                Network.until(
                        "a key-value store has its first block",
                        () -> height(member),
                        height -> height > 0);
            }
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private static Process start(Path binary, Member member) throws IOException {
        Path toml = member.cometbft().resolve("config/config.toml");
        String ours = Files.readString(toml);
        String usual = ours.replace("\nsize = 500\n", "\n");
        if (usual.equals(ours)) {
            throw new IOException(toml + ": has no size of the mempool to take out");
        }
        Files.writeString(toml, usual);
        Process process =
                new ProcessBuilder(
                                binary.toString(),
                                "start",
                                "--home",
                                member.cometbft().toString(),
                                "--proxy_app",
                                "kvstore",
                                "--rpc.laddr",
                                "tcp://127.0.0.1:" + member.rpcPort())
                        .redirectErrorStream(true)
                        .redirectOutput(member.log().toFile())
                        .start();
        process.getOutputStream().close();
        return process;
    }

    /// Sends so many transactions of 250 bytes by `broadcast_tx_sync`, ten in a batch, as fast as
    /// answers come, and waits until all are committed.
    ///
    /// @param sendersANode how many wait for an answer of each node
    Spent saturate(int count, int sendersANode) throws IOException, InterruptedException {
        Queue<byte[]> batches = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i += BATCH) {
            batches.add(batch());
        }
        List<ProcessHandle> engines = processes.stream().map(Process::toHandle).toList();
        long start = System.nanoTime();
        long processorStart = Spent.nanosOf(engines);
        List<Thread> senders = new ArrayList<>();
        for (Member member : members) {
            for (int i = 0; i < sendersANode; i++) {
                senders.add(Thread.ofVirtual().start(() -> send(member, batches)));
            }
        }
        for (Thread sender : senders) {
            sender.join();
        }
        for (Member member : members) {
            Network.until(
                    "a key-value store's mempool is empty",
                    () -> waiting(member),
                    waiting -> waiting == 0);
        }
        return new Spent(
                count, System.nanoTime() - start, 0, 0, Spent.nanosOf(engines) - processorStart);
    }

    @Override
    public void close() {
        http.shutdownNow();
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private byte[] batch() {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String head = "%016x=".formatted(made.incrementAndGet());
            byte[] bytes =
                    (head + "v".repeat(BYTES - head.length())).getBytes(StandardCharsets.US_ASCII);
            calls.add(
                    Map.of(
                            "jsonrpc",
                            "2.0",
                            "id",
                            i,
                            "method",
                            "broadcast_tx_sync",
                            "params",
                            Map.of("tx", Base64.getEncoder().encodeToString(bytes))));
        }
        return JSON.writeValueAsBytes(calls);
    }

    /// Sends batches until there are none, each until all of it is taken: one that came before is
    /// in CometBFT's cache.
    private void send(Member member, Queue<byte[]> batches) {
        try {
            for (byte[] batch = batches.poll(); batch != null; batch = batches.poll()) {
                while (!isTaken(member, batch)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTaken(Member member, byte[] batch) throws InterruptedException {
        try {
            JsonNode answers = post(member.rpc(), batch);
            boolean taken = answers.size() == BATCH;
            for (JsonNode answer : answers) {
                String error = answer.path("error").path("data").asString("");
                taken &=
                        answer.path("error").isMissingNode()
                                || error.contains("already exists in cache");
            }
            return taken;
        } catch (IOException unreachable) {
            return false;
        }
    }

    private long height(Member member) throws InterruptedException {
        return ask(member, "status").path("sync_info").path("latest_block_height").asLong(0);
    }

    private long waiting(Member member) throws InterruptedException {
        return ask(member, "num_unconfirmed_txs").path("total").asLong(-1);
    }

    /// What a node answers; nothing where it does not.
    private JsonNode ask(Member member, String method) throws InterruptedException {
        try {
            return post(
                            member.rpc(),
                            JSON.writeValueAsBytes(
                                    Map.of("jsonrpc", "2.0", "id", 1, "method", method)))
                    .path("result");
        } catch (IOException unreachable) {
            return JSON.missingNode();
        }
    }

    private JsonNode post(URI address, byte[] body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
    }
}
