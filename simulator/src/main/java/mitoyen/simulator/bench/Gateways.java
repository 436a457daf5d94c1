package mitoyen.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import mitoyen.simulator.network.Network;
import mitoyen.simulator.workload.Street;

/// Senders that each send for many, as a gateway or the operator of charging points does: so many
/// transactions in a request, to one node, and the next once all of it is answered for good.
final class Gateways {
    private static final int PAUSE_MILLIS = 20;

    private final Network network;
    private final Queue<List<Street.Sent>> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicLong done = new AtomicLong();

    /// @param transfers what to send
    /// @param together how many in a request
    Gateways(Network network, List<Street.Sent> transfers, int together) {
        this.network = network;
        for (int from = 0; from < transfers.size(); from += together) {
            requests.add(transfers.subList(from, Math.min(from + together, transfers.size())));
        }
    }

    /// Sends all of it, and waits for the answers.
    ///
    /// @param atATime how many wait for an answer, of one node after the other
    void run(int atATime) throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < atATime; i++) {
            int number = 1 + i % network.size();
            senders.add(Thread.ofVirtual().start(() -> send(number)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /// How many are on the ledger.
    long done() {
        return done.get();
    }

    /// Answers that nothing sent here should get.
    List<String> refused() {
        return List.copyOf(refused);
    }

    private void send(int number) {
        try {
            for (List<Street.Sent> next = requests.poll(); next != null; next = requests.poll()) {
                List<Street.Sent> left = sendOnce(number, next);
                while (!left.isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    left = sendOnce(number, left);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was not answered for good.
    private List<Street.Sent> sendOnce(int number, List<Street.Sent> transfers)
            throws InterruptedException {
        List<Network.Answer> answers = network.send(number, transfers);
        List<Street.Sent> left = new ArrayList<>();
        for (int i = 0; i < transfers.size(); i++) {
            if (i >= answers.size() || !answers.get(i).isFinal()) {
                left.add(transfers.get(i));
            } else if (answers.get(i).isDone()) {
                done.incrementAndGet();
            } else {
                refused.add(answers.get(i).toString());
            }
        }
        return left;
    }
}
