package mitoyen.node.running;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import mitoyen.consensus.Proposal;
import mitoyen.node.threads.FairQueue;
import mitoyen.node.threads.FairQueue.Admission;
import mitoyen.node.threads.InOrder;

/// Turns what arrives into blocks: verifies on every processor, executes on one thread in the order
/// in which the senders took their turns, and answers each once its block is durable.
///
/// A block is made as soon as there is something for it. While it is made durable, what arrives
/// gathers for the next: so a lone transaction goes at once, and under load a sync serves many.
///
/// @param <S> a sender
public final class Sequencer<S> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sequencer.class.getName());

    /// How many verified transactions wait for the executing thread at most: those of a block in
    /// the making and of the next. What waits beyond them waits in the fair queue.
    private static final int BLOCKS_AHEAD = 2;

    /// How long the executing thread sleeps without looking for timers [ms].
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final RunningLedger ledger;
    private final Function<byte[], S> senders;
    private final InstantSource clock;
    private final Listener listener;
    private final FairQueue<S, Submission> arrived;
    private final InOrder<Verified> verified;
    private final Queue<Waiting> errands = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Thread> verifiers;
    private final Thread executor;
    private final AtomicReference<Optional<String>> halted =
            new AtomicReference<>(Optional.empty());

    /// Starts the threads.
    ///
    /// @param ledger closed with this
    /// @param senders tells who sends some bytes, without verifying them
    /// @param bounds what may wait to be verified
    /// @param clock what blocks are stamped with
    /// @param listener told of every block by the executing thread
    public Sequencer(
            RunningLedger ledger,
            Function<byte[], S> senders,
            FairQueue.Bounds bounds,
            InstantSource clock,
            Listener listener) {
        this.ledger = ledger;
        this.senders = senders;
        this.clock = clock;
        this.listener = listener;
        this.arrived = new FairQueue<>(bounds);
        this.verified = new InOrder<>(BLOCKS_AHEAD * ledger.blockTransactions(), Verified::weight);
        this.verifiers =
                IntStream.range(0, Runtime.getRuntime().availableProcessors())
                        .mapToObj(number ->
                                Thread.ofPlatform().name("verify-" + number).start(this::verify))
                        .toList();
        this.executor = Thread.ofPlatform().name("execute").start(this::execute);
    }

    /// Is told of blocks before anyone is answered; must be quick.
    @FunctionalInterface
    public interface Listener {
        /// A block is durable.
        ///
        /// @param nanos how long it took from execution to the disk [ns]
        void committed(CommittedBlock block, long nanos);
    }

    /// Takes a transaction in, or says why not; never waits.
    ///
    /// @param bytes a signed transaction, not to be changed afterwards
    public Taken submit(byte[] bytes) {
        if (halted.get().isPresent()) {
            return new Taken.NotNow(Admission.CLOSED);
        }
        Submission submission = new Submission(bytes);
        Admission admission = arrived.offer(senders.apply(bytes), submission, bytes.length);
        return admission == Admission.ADMITTED
                ? new Taken.In(submission.answer)
                : new Taken.NotNow(admission);
    }

    /// Has blocks made of what somebody in this process proposes, between two others.
    ///
    /// @return the height after the last of them; completed with an exception where nothing was
    ///   made of the first that failed and those behind it
    public Future<Long> propose(Errand errand) {
        Waiting waiting = new Waiting(errand, new CompletableFuture<>());
        errands.add(waiting);
        verified.wake();
        if (verified.isDone() || halted.get().isPresent()) {
            refuseErrands();
        }
        return waiting.done;
    }

    /// What became of a submission.
    public sealed interface Taken {
        /// It is under way.
        ///
        /// @param answer completed once it is final; never with an exception
        record In(Future<Answer> answer) implements Taken {}

        /// Nothing was done with it.
        record NotNow(Admission why) implements Taken {}
    }

    /// Why the node halted, in one line; empty while it goes on.
    public Optional<String> findHalt() {
        return halted.get();
    }

    /// How many submissions wait to be verified.
    public int waiting() {
        return arrived.size();
    }

    /// Takes nothing more in, finishes what was taken in, and closes the ledger.
    @Override
    public void close() throws IOException {
        arrived.close();
        try {
            for (Thread verifier : verifiers) {
                verifier.join();
            }
            verified.close();
            executor.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        ledger.close();
    }

    /// What a verifying thread does all its life.
    private void verify() {
        try {
            for (var next = takeTurn(); next.isPresent(); next = takeTurn()) {
                Submission submission = next.get().submission;
                Checked checked = check(submission);
                if (checked instanceof Checked.Invalid(Refusal refusal)) {
                    submission.answer.complete(new Answer.NotOrdered(refusal));
                }
                next.get().place.fill(new Verified(submission, checked));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next submission and its place in the order. One thread at a time, so that the order of
    /// places is that of the turns.
    private Optional<Turn> takeTurn() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            Optional<Submission> next = arrived.take();
            return next.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Turn(next.get(), verified.reserve()));
        } finally {
            turn.unlock();
        }
    }

    /// A verifier that fails is as much a fault of the program as a rule that does.
    private Checked check(Submission submission) {
        try {
            return ledger.check(submission.bytes);
        } catch (RuntimeException | Error fault) {
            return new Checked.Failed(fault);
        }
    }

    /// What the executing thread does all its life.
    private void execute() {
        try {
            while (!verified.isDone()) {
                runErrands();
                List<Verified> batch = takeBatch();
                if (!batch.isEmpty()) {
                    execute(batch);
                } else if (isTimerDue() && findHalt().isEmpty()) {
                    makeBlock(List.of(), List.of());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        refuseErrands();
    }

    private void runErrands() {
        for (Waiting next = errands.poll(); next != null; next = errands.poll()) {
            if (halted.get().isPresent()) {
                next.done.completeExceptionally(new IOException("the node has halted"));
            } else {
                run(next);
            }
        }
    }

    private void run(Waiting errand) {
        try {
            long now = clock.millis();
            for (Proposal proposal :
                    errand.errand.proposals(ledger.last(), now, ledger.version())) {
                long start = System.nanoTime();
                listener.committed(ledger.execute(proposal), System.nanoTime() - start);
                snapshot();
            }
            errand.done.complete(ledger.height());
        } catch (IOException | RuntimeException | Error fault) {
            halt("block " + (ledger.height() + 1), fault);
            errand.done.completeExceptionally(fault);
        }
    }

    private void refuseErrands() {
        for (Waiting next = errands.poll(); next != null; next = errands.poll()) {
            next.done.completeExceptionally(new IOException("the node takes nothing more in"));
        }
    }

    /// What is verified, or nothing once a timer is due: then a block without transactions lets it
    /// fire.
    private List<Verified> takeBatch() throws InterruptedException {
        Optional<Long> due = ledger.findNextTimerMillis();
        Duration patience =
                due.isPresent()
                        ? Duration.ofMillis(
                                Math.clamp(due.get() - clock.millis(), 1, LONGEST_WAIT_MILLIS))
                        : Duration.ofMillis(LONGEST_WAIT_MILLIS);
        return verified.take(ledger.blockTransactions(), ledger.blockWeight(), patience);
    }

    private boolean isTimerDue() {
        Optional<Long> due = ledger.findNextTimerMillis();
        return due.isPresent() && due.get() <= clock.millis();
    }

    private void execute(List<Verified> batch) {
        List<Submission> submissions = new ArrayList<>();
        List<Checked.Valid> transactions = new ArrayList<>();
        for (Verified each : batch) {
            switch (each.checked) {
                case Checked.Valid valid -> {
                    switch (ledger.renew(valid)) {
                        case Checked.Valid now -> {
                            submissions.add(each.submission);
                            transactions.add(now);
                        }
                        case Checked.Invalid(Refusal refusal) ->
                                each.submission.answer.complete(new Answer.NotOrdered(refusal));
                        case Checked.Failed(Throwable fault) ->
                                halt("verifying after block " + ledger.height(), fault);
                    }
                }
                case Checked.Invalid _ -> {}
                case Checked.Failed(Throwable fault) -> {
                    halt("verifying after block " + ledger.height(), fault);
                    each.submission.answer.complete(new Answer.Unknown());
                }
            }
        }
        if (halted.get().isPresent()) {
            submissions.forEach(each -> each.answer.complete(new Answer.Unknown()));
        } else if (!transactions.isEmpty()) {
            makeBlock(submissions, transactions);
        }
    }

    private void makeBlock(List<Submission> submissions, List<Checked.Valid> transactions) {
        long start = System.nanoTime();
        long height = ledger.height() + 1;
        try {
            CommittedBlock block = ledger.execute(clock.millis(), transactions);
            listener.committed(block, System.nanoTime() - start);
            for (int i = 0; i < submissions.size(); i++) {
                submissions
                        .get(i)
                        .answer
                        .complete(new Answer.InBlock(block.height(), i, block.entries().get(i)));
            }
            snapshot();
        } catch (IOException | RuntimeException | Error fault) {
            halt("block " + height, fault);
            submissions.forEach(each -> each.answer.complete(new Answer.Unknown()));
        }
    }

    /// A snapshot that cannot be written is no reason to halt: the ledger opens without it.
    private void snapshot() {
        try {
            ledger.snapshotIfDue();
        } catch (IOException failure) {
            LOG.log(
                    Level.WARNING,
                    "no snapshot after block {0}: {1}",
                    new Object[] {Long.toString(ledger.height()), failure.getMessage()});
        }
    }

    /// Stops taking anything in. What was taken in is answered that nothing is known of it.
    private void halt(String where, Throwable fault) {
        String what =
                switch (fault) {
                    case ExecutionFault named -> String.valueOf(named.getMessage());
                    default -> where + ": " + fault;
                };
        if (halted.compareAndSet(Optional.empty(), Optional.of(what))) {
            LOG.log(Level.SEVERE, "halted: " + what, fault);
            System.err.println("mitoyen: the node has halted: " + what);
            arrived.close();
        }
    }

    /// Bytes on their way, and where their sender waits.
    private static final class Submission {
        private final byte[] bytes;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Submission(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private record Waiting(Errand errand, CompletableFuture<Long> done) {}

    private record Turn(Submission submission, InOrder<Verified>.Place place) {}

    private record Verified(Submission submission, Checked checked) {
        long weight() {
            return checked instanceof Checked.Valid valid ? RunningLedger.weight(valid) : 0;
        }
    }
}
