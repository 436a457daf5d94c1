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
import java.util.function.Function;
import mitoyen.consensus.Proposal;
import mitoyen.node.running.Intake.Verified;
import mitoyen.node.threads.FairQueue;
import mitoyen.node.threads.FairQueue.Admission;

/// The order of one process: verifies on every processor, executes on one thread in the order in
/// which the senders took their turns, and answers each once its block is durable.
///
/// A block is made as soon as there is something for it. While it is made durable, what arrives
/// gathers for the next: so a lone transaction goes at once, and under load a sync serves many.
///
/// @param <S> a sender
public final class Sequencer<S> implements Ordering {
    /// How long the executing thread sleeps without looking for timers [ms].
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final RunningLedger ledger;
    private final InstantSource clock;
    private final Listener listener;
    private final Intake<S> intake;
    private final Queue<Waiting> errands = new ConcurrentLinkedQueue<>();
    private final Thread executor;
    private final Halt halt = new Halt();

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
        this.clock = clock;
        this.listener = listener;
        this.intake = new Intake<>(ledger, senders, bounds);
        this.executor = Thread.ofPlatform().name("execute").start(this::execute);
        ledger.takeOpened().ifPresent(opened -> StateScan.start(opened, this::halt));
    }

    @Override
    public Taken submit(byte[] bytes) {
        return halt.isSet() ? new Taken.NotNow(Admission.CLOSED) : intake.offer(bytes);
    }

    /// Has blocks made of what somebody in this process proposes, between two others.
    ///
    /// @return the height after the last of them; completed with an exception where nothing was
    ///   made of the first that failed and those behind it
    public Future<Long> propose(Errand errand) {
        Waiting waiting = new Waiting(errand, new CompletableFuture<>());
        errands.add(waiting);
        intake.wake();
        if (intake.isDone() || halt.isSet()) {
            refuseErrands();
        }
        return waiting.done;
    }

    @Override
    public Optional<String> findHalt() {
        return halt.find();
    }

    @Override
    public int waiting() {
        return intake.waiting();
    }

    @Override
    public void close() throws IOException {
        try {
            intake.close();
            executor.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        ledger.close();
    }

    /// What the executing thread does all its life.
    private void execute() {
        try {
            while (!intake.isDone()) {
                runErrands();
                List<Verified> batch = takeBatch();
                if (!batch.isEmpty()) {
                    execute(batch);
                } else if (ledger.isTimerDue(clock.millis()) && !halt.isSet()) {
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
            if (halt.isSet()) {
                next.done.completeExceptionally(new IOException("the node has halted"));
            } else {
                run(next);
            }
        }
    }

    private void run(Waiting errand) {
        try {
            long now = clock.millis();
            for (Proposal proposal : errand.errand.proposals(ledger.last(), now, ledger::version)) {
                long start = System.nanoTime();
                listener.committed(ledger.execute(proposal), System.nanoTime() - start);
                ledger.snapshotIfDue();
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
        return intake.take(
                Duration.ofMillis(
                        due.isPresent()
                                ? Math.clamp(due.get() - clock.millis(), 1, LONGEST_WAIT_MILLIS)
                                : LONGEST_WAIT_MILLIS));
    }

    private void execute(List<Verified> batch) {
        List<Verified> submissions = new ArrayList<>();
        List<Checked.Valid> transactions = new ArrayList<>();
        for (Verified each : batch) {
            Checked now =
                    each.checked() instanceof Checked.Valid valid
                            ? ledger.renew(valid)
                            : each.checked();
            switch (now) {
                case Checked.Valid valid -> {
                    submissions.add(each);
                    transactions.add(valid);
                }
                case Checked.Invalid(Refusal refusal) ->
                        each.answer(new Answer.NotOrdered(refusal));
                case Checked.Failed(Throwable fault) -> {
                    halt("verifying after block " + ledger.height(), fault);
                    each.answer(new Answer.Unknown());
                }
            }
        }
        if (halt.isSet()) {
            submissions.forEach(each -> each.answer(new Answer.Unknown()));
        } else if (!transactions.isEmpty()) {
            makeBlock(submissions, transactions);
        }
    }

    private void makeBlock(List<Verified> submissions, List<Checked.Valid> transactions) {
        long start = System.nanoTime();
        long height = ledger.height() + 1;
        try {
            CommittedBlock block = ledger.execute(clock.millis(), transactions);
            listener.committed(block, System.nanoTime() - start);
            for (int i = 0; i < submissions.size(); i++) {
                submissions
                        .get(i)
                        .answer(new Answer.InBlock(block.height(), i, block.entries().get(i)));
            }
            ledger.snapshotIfDue();
        } catch (IOException | RuntimeException | Error fault) {
            halt("block " + height, fault);
            submissions.forEach(each -> each.answer(new Answer.Unknown()));
        }
    }

    /// Stops taking anything in. What was taken in is answered that nothing is known of it.
    private void halt(String where, Throwable fault) {
        if (halt.set(where, fault)) {
            intake.stop();
        }
    }

    private record Waiting(Errand errand, CompletableFuture<Long> done) {}
}
