package mitoyen.node.running;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.Block;
import mitoyen.ledger.wire.Wake;
import mitoyen.node.running.CommittedBlock.Entry;
import mitoyen.node.running.Intake.Verified;
import mitoyen.node.running.Mempool.Handed;
import mitoyen.node.threads.FairQueue;
import mitoyen.node.threads.FairQueue.Admission;

/// The order of several nodes, as one of them takes part in it: gathers what arrives into bundles,
/// hands them to the engine, and answers each transaction once a block with it is durable here.
///
/// A lone transaction goes at once. While others wait for their block, what arrives gathers for a
/// moment: a bundle of hundreds costs the engine hardly more than one of a few.
///
/// @param <S> a sender
public final class Bundler<S> implements Ordering {
    private static final Logger LOG = Logger.getLogger(Bundler.class.getName());

    /// How long the bundling thread sleeps without looking for timers and those it keeps waiting.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /// How long transactions gather for a bundle while others of this node wait for their block,
    /// which takes ten times as long at least.
    private static final Duration GATHERING = Duration.ofMillis(30);

    /// How long to wait before a bundle that was not taken is offered again.
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// How long a sender waits for a block before he is told that nothing is known.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// After how long a wake is handed again where no block came: an engine that was started anew
    /// has forgotten it [ns].
    private static final long AGAIN_NANOS = Standstill.FIRST.toNanos();

    /// How many transactions are handed again at a time: enough for a network at rest, and few for
    /// one that is slow because it has too much to do, or lacks its majority.
    private static final int MOST_AGAIN = 32;

    private final RunningLedger ledger;
    private final InstantSource clock;
    private final Listener listener;
    private final Mempool mempool;
    private final Intake<S> intake;
    private final Awaited awaited = new Awaited();
    private final Standstill standstill;
    private final Thread bundler;
    private final Halt halt = new Halt();
    private int version;
    private volatile boolean current;
    private volatile boolean closing;

    /// Starts the threads.
    ///
    /// @param ledger a shared one; closed with this
    /// @param senders tells who sends some bytes, without verifying them
    /// @param bounds what may wait to be verified
    /// @param clock what tells whether a timer is due
    /// @param mempool the engine's
    /// @param listener told of every block by the engine's thread
    public Bundler(
            RunningLedger ledger,
            Function<byte[], S> senders,
            FairQueue.Bounds bounds,
            InstantSource clock,
            Mempool mempool,
            Listener listener) {
        this(ledger, senders, bounds, clock, mempool, listener, Standstill.FIRST);
    }

    /// The same, with another patience with a network that stands still.
    Bundler(
            RunningLedger ledger,
            Function<byte[], S> senders,
            FairQueue.Bounds bounds,
            InstantSource clock,
            Mempool mempool,
            Listener listener,
            Duration stillness) {
        this.ledger = ledger;
        this.version = ledger.version();
        this.standstill = new Standstill(System.nanoTime(), stillness);
        this.clock = clock;
        this.mempool = mempool;
        this.listener = listener;
        this.intake = new Intake<>(ledger, senders, bounds);
        ledger.takeOpened().ifPresent(opened -> StateScan.start(opened, this::halt));
        this.bundler = Thread.ofPlatform().name("bundle").start(this::bundle);
    }

    @Override
    public Taken submit(byte[] bytes) {
        if (halt.isSet()) {
            return new Taken.NotNow(Admission.CLOSED);
        }
        return current ? intake.offer(bytes) : new Taken.Behind();
    }

    @Override
    public Optional<String> findHalt() {
        return halt.find();
    }

    /// Once it was: what it lacks later comes by itself, and soon.
    @Override
    public boolean isCurrent() {
        return current;
    }

    @Override
    public int waiting() {
        return intake.waiting();
    }

    /// Whoever waits for a block is told that nothing is known of it.
    @Override
    public void close() throws IOException {
        closing = true;
        try {
            intake.close();
            bundler.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        awaited.giveUp();
        ledger.close();
    }

    /// Is told of each block once it is durable, by the engine's thread.
    ///
    /// @param nanos how long it took from execution to the disk [ns]
    public void committed(Block block, long nanos) {
        CommittedBlock words = ledger.adopted(block);
        listener.committed(words, nanos);
        standstill.moved(System.nanoTime());
        for (int i = 0; i < words.entries().size(); i++) {
            Entry entry = words.entries().get(i);
            awaited.complete(entry.sent(), new Answer.InBlock(words.height(), i, entry));
        }
        if (ledger.version() != version) {
            version = ledger.version();
            refuseOld();
        }
        intake.wake();
        ledger.snapshotIfDue();
    }

    /// What waits was made for the version that held before, and no block takes it any more: its
    /// senders need not wait until their patience ends.
    private void refuseOld() {
        for (Awaited.Waiting each : awaited.list(Integer.MAX_VALUE)) {
            if (ledger.renew(each.transaction()) instanceof Checked.Invalid(Refusal refusal)) {
                awaited.complete(each.transaction().sent(), new Answer.NotOrdered(refusal));
            }
        }
    }

    /// Stops taking anything in: the engine or the rules failed.
    public void halt(String where, Throwable fault) {
        if (!closing && halt.set(where, fault)) {
            intake.stop();
            awaited.giveUp();
        }
    }

    /// Stops taking anything in: validators signed something else than this node has. What it finds
    /// out about that by itself it adds to the reason.
    public void halt(Divergence divergence) {
        if (!closing && halt.set(divergence)) {
            intake.stop();
            awaited.giveUp();
            halt.explain(ledger.explain(divergence));
        }
    }

    /// What the bundling thread does all its life.
    private void bundle() {
        long wokenAt = -1;
        long wokenNanos = 0;
        try {
            while (!intake.isDone()) {
                if (intake.await(patience())) {
                    if (!awaited.isEmpty()) {
                        Thread.sleep(GATHERING);
                    }
                    hand(intake.poll());
                }
                long height = ledger.height();
                Optional<Long> due =
                        ledger.findNextTimerMillis().filter(at -> at <= clock.millis());
                boolean woken = height == wokenAt && System.nanoTime() - wokenNanos < AGAIN_NANOS;
                if (!woken && due.isPresent() && wake(due.get(), height)) {
                    wokenAt = height;
                    wokenNanos = System.nanoTime();
                }
                awaited.giveUpOlderThan(PATIENCE);
                handAgain();
                current = current || mempool.isCurrent();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            halt("bundling after block " + ledger.height(), fault);
        }
    }

    /// Where a timer is due already, its wake waits for a block, or is handed again after the
    /// longest wait.
    private Duration patience() {
        return ledger.findNextTimerMillis()
                .map(due -> due - clock.millis())
                .filter(left -> left > 0)
                .map(left -> Duration.ofMillis(Math.clamp(left, 10, LONGEST_WAIT.toMillis())))
                .orElse(LONGEST_WAIT);
    }

    /// Asks for a block in which timers fire. Every node does, with the same bytes.
    ///
    /// @return whether it was taken: an engine that starts takes nothing
    private boolean wake(long due, long height) throws InterruptedException {
        Handed handed = mempool.hand(new Wake(due, height).toBytes());
        return switch (handed) {
            case Handed.Waits() -> true;
            case Handed.NotNow _, Handed.Refused _ -> {
                LOG.log(Level.FINE, "no wake: {0}", handed);
                yield false;
            }
        };
    }

    private void hand(List<Verified> batch) throws InterruptedException {
        List<Checked.Valid> bundle = new ArrayList<>();
        for (Verified each : batch) {
            Checked checked =
                    each.checked() instanceof Checked.Valid before
                            ? ledger.renew(before)
                            : each.checked();
            switch (checked) {
                case Checked.Valid valid -> {
                    Optional<Answer> door = ledger.findAnswer(valid, clock.millis());
                    door.ifPresent(each::answer);
                    if (door.isEmpty()) {
                        bundle.add(valid);
                        awaited.add(valid, each::answer);
                    }
                }
                case Checked.Invalid(Refusal refusal) ->
                        each.answer(new Answer.NotOrdered(refusal));
                case Checked.Failed(Throwable fault) -> {
                    each.answer(new Answer.Unknown());
                    halt("verifying after block " + ledger.height(), fault);
                }
            }
        }
        if (!bundle.isEmpty()) {
            Handed handed = offer(ledger.bundle(bundle));
            if (!(handed instanceof Handed.Waits)) {
                bundle.forEach(each -> awaited.complete(each.sent(), untaken(each)));
            }
        }
    }

    /// Hands the eldest of what waits for a block once more where nothing moves. Nobody's answer
    /// depends on whether it is taken: what was handed before still waits.
    private void handAgain() throws InterruptedException {
        List<Awaited.Waiting> eldest = awaited.list(MOST_AGAIN);
        if (eldest.isEmpty()) {
            return;
        }
        Checked.Valid first = eldest.getFirst().transaction();
        long room =
                Math.min(
                        ledger.blockTransactions(),
                        ledger.blockWeight() / RunningLedger.weight(first));
        OptionalInt copies =
                standstill.findCopies(
                        System.nanoTime(),
                        eldest.getFirst().sinceNanos(),
                        Math.toIntExact(room - 1));
        if (copies.isPresent()) {
            Handed handed = mempool.hand(ledger.bundle(again(eldest, copies.getAsInt())));
            LOG.log(Level.INFO, "no block comes: what waits was handed again, {0}", handed);
        }
    }

    /// What fits into a bundle in which the first stands so many times more.
    private List<Checked.Valid> again(List<Awaited.Waiting> eldest, int copies) {
        Checked.Valid first = eldest.getFirst().transaction();
        List<Checked.Valid> bundle = new ArrayList<>(Collections.nCopies(copies, first));
        long left = ledger.blockWeight() - copies * RunningLedger.weight(first);
        for (Awaited.Waiting each : eldest) {
            long weight = RunningLedger.weight(each.transaction());
            if (weight <= left && bundle.size() < ledger.blockTransactions()) {
                left -= weight;
                bundle.add(each.transaction());
            }
        }
        return bundle;
    }

    /// What a transaction is told whose bundle was not taken: what the ledger says by now.
    private Answer untaken(Checked.Valid transaction) {
        if (ledger.renew(transaction) instanceof Checked.Invalid(Refusal refusal)) {
            return new Answer.NotOrdered(refusal);
        }
        return ledger.findAnswer(transaction, clock.millis()).orElseGet(Answer.Unknown::new);
    }

    /// Offers a bundle until it is taken or refused. Meanwhile others wait, and once too many do no
    /// more is taken in.
    private Handed offer(byte[] bundle) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Handed handed = mempool.hand(bundle);
        while (handed instanceof Handed.NotNow(String why)
                && !closing
                && !halt.isSet()
                && System.nanoTime() < end) {
            LOG.log(Level.FINE, "a bundle waits: {0}", why);
            Thread.sleep(PAUSE);
            handed = mempool.hand(bundle);
        }
        return handed;
    }
}
