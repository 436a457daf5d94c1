package mitoyen.node.running;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.threads.FairQueue;
import mitoyen.node.threads.FairQueue.Admission;
import mitoyen.node.threads.InOrder;

/// Where transactions arrive: a line for each sender, verified on every processor, handed on in the
/// order in which the senders took their turns.
///
/// @param <S> a sender
final class Intake<S> {
    /// How many verified transactions wait to be taken at most: those of a block in the making and
    /// of the next. What waits beyond them waits in the fair queue.
    private static final int BLOCKS_AHEAD = 2;

    private final RunningLedger ledger;
    private final Function<byte[], S> senders;
    private final FairQueue<S, Submission> arrived;
    private final InOrder<Verified> verified;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Thread> verifiers;

    /// Starts the verifying threads.
    ///
    /// @param senders tells who sends some bytes, without verifying them
    /// @param bounds what may wait to be verified
    Intake(RunningLedger ledger, Function<byte[], S> senders, FairQueue.Bounds bounds) {
        this.ledger = ledger;
        this.senders = senders;
        this.arrived = new FairQueue<>(bounds);
        this.verified = new InOrder<>(BLOCKS_AHEAD * ledger.blockTransactions(), Verified::weight);
        this.verifiers =
                IntStream.range(0, Runtime.getRuntime().availableProcessors())
                        .mapToObj(number ->
                                Thread.ofPlatform().name("verify-" + number).start(this::verify))
                        .toList();
    }

    /// Takes a transaction in, or says why not; never waits.
    ///
    /// @param bytes not to be changed afterwards
    Taken offer(byte[] bytes) {
        Submission submission = new Submission(bytes);
        Admission admission = arrived.offer(senders.apply(bytes), submission, bytes.length);
        return admission == Admission.ADMITTED
                ? new Taken.In(submission.answer)
                : new Taken.NotNow(admission);
    }

    /// What is verified and fits into a block; waits so long for it, or until it is woken.
    List<Verified> take(Duration patience) throws InterruptedException {
        return verified.take(ledger.blockTransactions(), ledger.blockWeight(), patience);
    }

    /// Waits until there is something to take, so long at most, or until it is woken.
    ///
    /// @return whether there is
    boolean await(Duration patience) throws InterruptedException {
        return verified.await(patience);
    }

    /// What is verified and fits into a block, without waiting; may be nothing.
    List<Verified> poll() {
        return verified.poll(ledger.blockTransactions(), ledger.blockWeight());
    }

    /// Lets whoever takes go on at once.
    void wake() {
        verified.wake();
    }

    /// Whether it is closed and nothing is left to take.
    boolean isDone() {
        return verified.isDone();
    }

    /// How many wait to be verified.
    int waiting() {
        return arrived.size();
    }

    /// Takes nothing more in; what was taken in is still verified.
    void stop() {
        arrived.close();
    }

    /// Takes nothing more in, and waits until all that was is verified.
    void close() throws InterruptedException {
        arrived.close();
        for (Thread verifier : verifiers) {
            verifier.join();
        }
        verified.close();
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

    /// Bytes on their way, and where their sender waits.
    private static final class Submission {
        private final byte[] bytes;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Submission(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private record Turn(Submission submission, InOrder<Verified>.Place place) {}

    /// What was found out about a submission.
    static final class Verified {
        private final Submission submission;
        private final Checked checked;

        private Verified(Submission submission, Checked checked) {
            this.submission = submission;
            this.checked = checked;
        }

        Checked checked() {
            return checked;
        }

        /// Tells the sender; only the first answer counts.
        void answer(Answer answer) {
            submission.answer.complete(answer);
        }

        private long weight() {
            return checked instanceof Checked.Valid valid ? RunningLedger.weight(valid) : 0;
        }
    }
}
