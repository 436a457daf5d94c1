package mitoyen.node.cometbft;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real CometBFT, the only validator of its chain, that a test starts and kills.
final class TestNode implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path binary;
    private final Path home;
    private final int rpcPort;
    private Optional<Process> process = Optional.empty();

    /// Makes keys, genesis and configuration in a folder.
    TestNode(Path home) throws IOException, InterruptedException {
        this.home = home;
        binary = CometBinary.find(Optional.empty());
        Process init =
                new ProcessBuilder(binary.toString(), "init", "--home", home.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log())
                        .start();
        if (init.waitFor() != 0) {
            throw new IOException("cometbft init: " + Files.readString(log().toPath()));
        }
        rpcPort = freePort();
        Path file = home.resolve("config/config.toml");
        String toml =
                Files.readString(file)
                        .replace("timeout_commit = \"1s\"", "timeout_commit = \"20ms\"")
                        .replace("create_empty_blocks = true", "create_empty_blocks = false")
                        .replace("tcp://127.0.0.1:26657", "tcp://127.0.0.1:" + rpcPort)
                        .replace("tcp://0.0.0.0:26656", "tcp://127.0.0.1:" + freePort());
        Files.writeString(file, toml);
    }

    synchronized void start(String application) throws IOException {
        process =
                Optional.of(
                        new ProcessBuilder(
                                        binary.toString(),
                                        "start",
                                        "--home",
                                        home.toString(),
                                        "--proxy_app",
                                        application)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                                .start());
    }

    /// Ends it as `kill -9` does, and returns when it is gone.
    synchronized void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
        process = Optional.empty();
    }

    synchronized boolean endsWithin(Duration time) throws InterruptedException {
        return process.orElseThrow().waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Sends a word, and says whether CometBFT took it into its mempool.
    boolean send(String word) throws InterruptedException {
        String hex = HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
        return call("broadcast_tx_sync?tx=0x" + hex)
                .map(result -> result.path("code").asInt(-1) == 0)
                .orElse(false);
    }

    /// What the application answers to a query, through CometBFT.
    Optional<String> query() throws InterruptedException {
        return call("abci_query")
                .map(result -> result.path("response").path("value").asString(""))
                .map(value ->
                        new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    /// The height of the last block; -1 if it does not answer.
    long height() throws InterruptedException {
        return call("status")
                .map(result -> result.path("sync_info").path("latest_block_height").asLong(-1))
                .orElse(-1L);
    }

    /// What was put in order, from the first block on.
    List<String> ordered() throws InterruptedException {
        List<String> words = new ArrayList<>();
        long last = height();
        for (long height = 1; height <= last; height++) {
            JsonNode block = call("block?height=" + height).orElseThrow();
            for (JsonNode tx : block.path("block").path("data").path("txs")) {
                byte[] word = Base64.getDecoder().decode(tx.asString(""));
                words.add(new String(word, StandardCharsets.UTF_8));
            }
        }
        return words;
    }

    String words() throws IOException {
        return Files.readString(log().toPath());
    }

    @Override
    public void close() {
        kill();
    }

    /// Asks again and again until something holds; fails after a minute.
    static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("did not come: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private File log() {
        return home.resolveSibling(home.getFileName() + ".log").toFile();
    }

    private Optional<JsonNode> call(String path) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + rpcPort + "/" + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
        try {
            String body = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            JsonNode result = JSON.readTree(body).path("result");
            return result.isMissingNode() ? Optional.empty() : Optional.of(result);
        } catch (IOException | JacksonException gone) {
            return Optional.empty();
        }
    }

    /// A free port below those that the system gives to whoever connects.
    private static int freePort() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = RandomGenerator.getDefault().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // another one
            }
        }
        throw new IOException("no free port");
    }
}
