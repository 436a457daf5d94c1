package mitoyen.simulator.bench;

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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import mitoyen.consensus.disk.RealDisk;
import mitoyen.ledger.account.SignerKey;
import mitoyen.node.api.RunningNode;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.inbox.InboxOptions;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.running.Keep;
import mitoyen.simulator.workload.Street;

/// A node of this process on the real disk, with a street's accounts open, and senders over HTTP.
final class NodeUnderLoad implements AutoCloseable {
    /// How many lanes a sender uses: what is under way at once may overtake.
    static final int LANES = 64;

    private static final long PATIENCE_SECONDS = 60;
    private static final int SNAPSHOT_BLOCKS = 10_000;
    private static final int OK = 200;

    private final Street street;
    private final RunningNode node;
    private final URI transactions;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// Starts it, and opens the accounts.
    ///
    /// @param folder a new one
    NodeUnderLoad(Street street, Path folder) throws IOException {
        this.street = street;
        Path genesis = Files.write(folder.resolve("genesis.cbor"), street.genesis().toBytes());
        try {
            this.node =
                    RunningNode.start(
                            new NodeConfiguration(
                                    folder.resolve("node"),
                                    new NodeConfiguration.Beginning.FromFile(genesis),
                                    "127.0.0.1",
                                    0,
                                    SNAPSHOT_BLOCKS,
                                    new Keep.All(),
                                    Optional.empty(),
                                    InboxOptions.STANDARD,
                                    Level.WARNING,
                                    NodeConfiguration.Limits.STANDARD),
                            new RealDisk(),
                            new SecureRandom(),
                            InstantSource.system());
        } catch (InputMistakes | Refused mistaken) {
            throw new IllegalStateException("a node that should start", mistaken);
        }
        this.transactions = node.address().resolve("/api/v1/transactions");
        for (Street.Sent opening : street.openings(node.height(), System.currentTimeMillis())) {
            await(send(opening));
        }
    }

    /// Signed transfers from anyone to anyone.
    List<Street.Sent> transfers(int count) {
        return street.transfers(count, node.height(), System.currentTimeMillis());
    }

    /// Signed transfers from one account.
    List<Street.Sent> transfersOf(int payer, int count) {
        return street.transfersOf(payer, count, node.height(), System.currentTimeMillis());
    }

    /// Sends at a steady rate, whatever the answers take.
    ///
    /// @param perSecond how many a second
    /// @return from the instant at which each was due to its durable answer [ns], rising
    long[] latencies(List<Street.Sent> transfers, int perSecond) throws IOException {
        return awaitAll(begin(transfers, perSecond));
    }

    /// Sends at a steady rate on this thread; the answers are on their way when it returns. Whoever
    /// has one under way in each lane waits for the eldest: where many are late and go at once, one
    /// would overtake another of its lane, and that would be refused.
    List<CompletableFuture<Long>> begin(List<Street.Sent> transfers, int perSecond) {
        long start = System.nanoTime();
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        Map<SignerKey, List<CompletableFuture<Long>>> bySender = new HashMap<>();
        for (int i = 0; i < transfers.size(); i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Street.Sent transfer = transfers.get(i);
            List<CompletableFuture<Long>> own =
                    bySender.computeIfAbsent(transfer.key(), _ -> new ArrayList<>());
            if (own.size() >= LANES) {
                own.get(own.size() - LANES).exceptionally(_ -> 0L).join();
            }
            CompletableFuture<Long> answer = send(transfer).thenApply(_ -> System.nanoTime() - due);
            own.add(answer);
            answers.add(answer);
        }
        return answers;
    }

    /// The answers' times [ns], rising.
    long[] awaitAll(List<CompletableFuture<Long>> answers) throws IOException {
        long[] nanos = new long[answers.size()];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = await(answers.get(i));
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /// Sends as fast as answers come, so many at a time.
    ///
    /// @return transactions a second
    int limit(List<Street.Sent> transfers, int atATime) throws IOException {
        long start = System.nanoTime();
        for (int from = 0; from < transfers.size(); from += atATime) {
            int to = Math.min(from + atATime, transfers.size());
            List<CompletableFuture<HttpResponse<String>>> answers =
                    transfers.subList(from, to).stream().map(this::send).toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                await(answer);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return (int) Math.max(1, transfers.size() / seconds);
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        node.close();
    }

    /// Fails where the answer is another than that it was accepted.
    private CompletableFuture<HttpResponse<String>> send(Street.Sent transfer) {
        HttpRequest request =
                HttpRequest.newBuilder(transactions)
                        .header("Content-Type", "application/cbor")
                        .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                        .POST(BodyPublishers.ofByteArray(transfer.bytes().toBytes()))
                        .build();
        return client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(answer -> {
                    if (answer.statusCode() != OK) {
                        throw new IllegalStateException(answer.statusCode() + answer.body());
                    }
                    return answer;
                });
    }

    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("a transaction was not accepted", failed);
        }
    }
}
