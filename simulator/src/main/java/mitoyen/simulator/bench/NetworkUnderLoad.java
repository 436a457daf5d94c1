package mitoyen.simulator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import mitoyen.simulator.network.Network;
import mitoyen.simulator.workload.Street;

/// A network of real nodes on this machine with a street's accounts open, and senders to all nodes
/// over HTTP.
final class NetworkUnderLoad implements AutoCloseable {
    private static final int ACCOUNTS = 1_000;
    private static final int LANES = 32;
    private static final long SEED = 17;

    private final Network network;

    /// Starts it, and opens the accounts.
    ///
    /// @param folder one that is not there
    NetworkUnderLoad(Path folder, int validators, int replicas)
            throws IOException, InterruptedException {
        network = Network.create(folder, validators, replicas, new Street(ACCOUNTS, SEED, LANES));
        try {
            // One after the other: fifty that are compiled at once lose sight of each other.
            for (int number = 1; number <= network.size(); number++) {
                network.start(number);
                network.awaitAnswering(number);
            }
            network.openAccounts();
            // A node that lags a block does not know the senders yet.
            network.awaitHeight(network.height(1));
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            network.close();
            throw failure;
        }
    }

    /// Sends so many transfers, signed before the clock starts, as fast as answers come.
    ///
    /// @param together how many in a request
    /// @param atATime how many requests wait for their answer
    Spent saturate(int count, int together, int atATime) throws IOException, InterruptedException {
        Gateways gateways = new Gateways(network, sign(count), together);
        Meter meter = new Meter();
        gateways.run(atATime);
        Spent spent = meter.spent(gateways.done());
        requireTaken(gateways.refused());
        return spent;
    }

    /// Sends at a steady rate, whatever the answers take.
    Paced pace(int perSecond, int seconds) throws IOException, InterruptedException {
        List<Street.Sent> transfers = sign(perSecond * seconds);
        long[] nanos = new long[transfers.size()];
        List<Thread> senders = new ArrayList<>();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        Meter meter = new Meter();
        long start = System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            int number = i;
            long due = start + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            senders.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                send(number, transfers.get(number), refused);
                                nanos[number] = System.nanoTime() - due;
                            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        Spent spent = meter.spent(nanos.length);
        requireTaken(refused);
        Arrays.sort(nanos);
        return new Paced(spent, Figure.quantile(nanos, 500), Figure.quantile(nanos, 990));
    }

    /// Ends holds, one after the other, each after a rest: from when it is sent to the durable
    /// answer, over HTTP.
    ///
    /// @param restMillis how long nothing is sent before each [ms]
    Paced end(int holds, long restMillis) throws IOException, InterruptedException {
        long[] nanos = new long[holds];
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        Meter meter = new Meter();
        for (int i = 0; i < holds; i++) {
            Street.Hold hold =
                    network.street()
                            .hold(i % ACCOUNTS, network.height(1), System.currentTimeMillis());
            send(i, hold.reserving(), refused);
            TimeUnit.MILLISECONDS.sleep(restMillis);
            long start = System.nanoTime();
            send(i, hold.posting(), refused);
            nanos[i] = System.nanoTime() - start;
        }
        requireTaken(refused);
        Arrays.sort(nanos);
        return new Paced(
                meter.spent(holds), Figure.quantile(nanos, 500), Figure.quantile(nanos, 990));
    }

    /// Leaves it alone.
    Spent rest(int seconds) throws IOException, InterruptedException {
        Meter meter = new Meter();
        TimeUnit.SECONDS.sleep(seconds);
        return meter.spent(0);
    }

    @Override
    public void close() throws IOException {
        network.close();
    }

    private List<Street.Sent> sign(int count) throws IOException, InterruptedException {
        long height = network.height(1);
        return network.street().transfers(count, height, System.currentTimeMillis());
    }

    /// A refused transfer costs less than one that is made, and would pass for it.
    private static void requireTaken(Collection<String> refused) throws IOException {
        if (!refused.isEmpty()) {
            throw new IOException(
                    refused.size() + " transfers were refused, first " + refused.iterator().next());
        }
    }

    private void send(int number, Street.Sent transfer, Queue<String> refused) {
        try {
            Network.Answer answer = network.send(1 + number % network.size(), transfer);
            while (!answer.isFinal()) {
                TimeUnit.MILLISECONDS.sleep(10);
                answer = network.send(1 + number % network.size(), transfer);
            }
            if (!answer.isDone()) {
                refused.add(answer.toString());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What a steady rate gave.
    ///
    /// @param medianNanos from when a transfer was due to its durable answer [ns]
    /// @param p99Nanos the same, of which 99 in 100 are below [ns]
    record Paced(Spent spent, long medianNanos, long p99Nanos) {}

    private final class Meter {
        private final long start = System.nanoTime();
        private final long startHeight;
        private final List<ProcessHandle> nodes;
        private final List<ProcessHandle> engines;
        private final long nodeStart;
        private final long engineStart;

        Meter() throws IOException, InterruptedException {
            startHeight = network.height(1);
            nodes = new ArrayList<>();
            for (int number : IntStream.rangeClosed(1, network.size()).toArray()) {
                nodes.add(network.findProcess(number).orElseThrow());
            }
            engines = nodes.stream().flatMap(ProcessHandle::descendants).toList();
            nodeStart = Spent.nanosOf(nodes);
            engineStart = Spent.nanosOf(engines);
        }

        Spent spent(long transactions) throws IOException, InterruptedException {
            return new Spent(
                    transactions,
                    System.nanoTime() - start,
                    network.height(1) - startHeight,
                    Spent.nanosOf(nodes) - nodeStart,
                    Spent.nanosOf(engines) - engineStart);
        }
    }
}
