package mitoyen.simulator.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.simulator.workload.Street;

/// Senders that pay each other over all nodes of a network. Each sends a transfer to one node after
/// the other until it is answered for good: a node may be down, or not know what became of it.
public final class Load implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;

    private final Network network;
    private final Queue<Street.Sent> toSend = new ConcurrentLinkedQueue<>();
    private final Map<ByteString, Long> acknowledged = new ConcurrentSkipListMap<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Thread> senders = new ArrayList<>();
    private volatile List<Integer> receivers;

    /// Begins to send.
    ///
    /// @param senders how many at once
    /// @param transfers what to send at most
    public Load(Network network, int senders, List<Street.Sent> transfers) {
        this.network = network;
        this.receivers = IntStream.rangeClosed(1, network.size()).boxed().toList();
        toSend.addAll(transfers);
        for (int i = 0; i < senders; i++) {
            this.senders.add(Thread.ofVirtual().start(this::send));
        }
    }

    /// Sends to these nodes from now on, by their numbers from 1; to all at first. What was begun
    /// with another one is awaited there.
    public void sendTo(Integer... numbers) {
        receivers = List.of(numbers);
    }

    /// The transfers that were answered as done, and the height that each answer named; 0 where it
    /// named none.
    public Map<ByteString, Long> acknowledged() {
        return acknowledged;
    }

    /// Answers that no transfer of this load should get.
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /// Waits until so many more were answered.
    ///
    /// @throws IOException if they are not in time
    public void awaitMore(int count) throws IOException, InterruptedException {
        int wanted = acknowledged.size() + count;
        Network.until(
                wanted + " transfers are answered", acknowledged::size, size -> size >= wanted);
    }

    /// Waits until all transfers are answered.
    public void awaitEnd() throws InterruptedException {
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /// Begins no more transfers, and waits until those that were begun are answered.
    public void finish() throws IOException, InterruptedException {
        toSend.clear();
        for (Thread sender : senders) {
            if (!sender.join(Network.PATIENCE)) {
                throw new IOException("a transfer is not answered");
            }
        }
    }

    /// Stops at once.
    @Override
    public void close() {
        closing.set(true);
        toSend.clear();
        senders.forEach(Thread::interrupt);
    }

    private void send() {
        try {
            for (Street.Sent next = toSend.poll(); next != null; next = toSend.poll()) {
                send(next);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Street.Sent transfer) throws InterruptedException {
        while (!closing.get()) {
            List<Integer> now = receivers;
            int number = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
            Network.Answer answer = network.send(number, transfer);
            if (answer.isDone()) {
                acknowledged.put(transfer.bytes(), answer.height());
                return;
            }
            if (answer.isFinal()) {
                refused.add(answer.toString());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
