package mitoyen.node.settlers;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyTransaction;
import mitoyen.ledger.energy.EnergyTransaction.DissentDay;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.keys.SigningKey;
import mitoyen.node.running.Ordering.Taken;
import mitoyen.node.settlement.SettlersDesk;
import mitoyen.node.settlement.SummaryAnchor;
import mitoyen.node.settlers.Speech.Heard;
import mitoyen.node.threads.Worker;

/// One of several settlers at work: after each block, and after readings arrived, he says what is
/// his to say next, and sleeps where that is nothing. What he says follows from the ledger and his
/// vault alone, so that he may be killed anywhere and goes on as if he had not been.
public final class Settler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Settler.class.getName());

    /// How many things he says at once.
    private static final int MOST_STEPS = 8;

    /// How long nothing must have been settled before documents are made anew [ms].
    private static final long STILL_MILLIS = 2_000;

    /// How long he waits before he says again what was not taken, the first time and at most [ms].
    private static final long PAUSE_MILLIS = 500;

    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    /// After how long at most he looks at the clock where something is to be said later [ms]: it
    /// may have been set, or the machine slept.
    private static final long LONGEST_REST_MILLIS = 10_000;

    /// After how many times in a row it is told that he is not heard.
    private static final int TOLD_UNHEARD = 6;

    private final SettlersDesk desk;
    private final AccountId account;
    private final Duties duties;
    private final Speech speech;
    private final Colleagues colleagues;
    private final Comparison comparison;
    private final InstantSource clock;
    private final int mostSteps;
    private final Worker worker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private boolean blocks = true;
    private boolean readings = true;
    private volatile boolean closing;
    private int unheard;
    private long retryMillis;
    private long documented;
    private long undocumented = -1;
    private long changed;
    private long changedMillis;
    private long lookedMillis;

    private Settler(
            SettlersDesk desk,
            Genesis genesis,
            AccountId account,
            SigningKey key,
            List<URI> others,
            Function<byte[], Taken> ledger,
            InstantSource clock)
            throws IOException {
        this.desk = desk;
        this.account = account;
        this.documented = SummaryAnchor.find(desk.folder()).map(SummaryAnchor::height).orElse(0L);
        this.duties = new Duties(account);
        this.speech = new Speech(genesis, account, key, ledger, clock, () -> closing);
        this.colleagues =
                new Colleagues(
                        others, desk.at((_, vault) -> vault.archive().keys().community().salt()));
        this.comparison = new Comparison(desk, colleagues);
        this.clock = clock;
        this.mostSteps = Math.min(MOST_STEPS, genesis.parameters().traffic().steps());
        this.worker = new Worker("settler", this::run);
    }

    /// Sets a settler to work.
    ///
    /// @param account in whose name he speaks
    /// @param key that signs for it
    /// @param others the nodes of the other settlers, who are asked where days differ
    /// @param ledger takes what he sends
    public static Settler start(
            SettlersDesk desk,
            Genesis genesis,
            AccountId account,
            SigningKey key,
            List<URI> others,
            Function<byte[], Taken> ledger,
            InstantSource clock)
            throws IOException {
        Settler settler = new Settler(desk, genesis, account, key, others, ledger, clock);
        settler.worker.start();
        return settler;
    }

    /// Tells him of a block. Never waits.
    public void committed() {
        call(() -> blocks = true);
    }

    /// Tells him that readings were kept.
    public void kept() {
        call(() -> readings = true);
    }

    /// Stops him; what is under way may come onto the ledger or not.
    @Override
    public void close() throws IOException {
        closing = true;
        desk.stop();
        colleagues.close();
        call(() -> {});
        worker.join();
        desk.close();
    }

    /// Who does his work.
    public Worker worker() {
        return worker;
    }

    private void run() throws InterruptedException {
        long wait = 0;
        while (!closing) {
            boolean again = wait == 0;
            wait = work(await(wait) || again);
        }
        if (isToDocument()) {
            document();
        }
    }

    /// One look at the ledger and the vault, and what follows from it. What cannot be read now is
    /// tried again later.
    ///
    /// @param looking whether there may be something new in either
    /// @return how long nothing is to be done unless he is called [ms]
    private long work(boolean looking) throws InterruptedException {
        try {
            boolean happened = desk.follow();
            long change = desk.at((ledger, _) -> ledger.index().lastChange());
            if (change != changed) {
                changed = change;
                changedMillis = clock.millis();
            }
            long now = clock.millis();
            // Or the clock was set back, by which everything was reckoned.
            boolean due = now >= nextMillis() || now < lookedMillis;
            lookedMillis = now;
            if ((happened || looking || due) && !closing && speak()) {
                return 0;
            }
            return rest();
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "the settler waits: {0}", unreadable.getClass());
            LOG.log(Level.FINE, "the settler waits", unreadable);
            return pause();
        }
    }

    /// How long there is nothing to do; makes the documents if it is time to.
    private long rest() {
        long now = clock.millis();
        long next = nextMillis();
        if (isToDocument()) {
            if (now - changedMillis >= STILL_MILLIS) {
                document();
            } else {
                next = Math.min(next, changedMillis + STILL_MILLIS);
            }
        }
        return next == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.clamp(next - now, 1, LONGEST_REST_MILLIS);
    }

    /// When there may be something to say although nothing happens [ms since 1970].
    private long nextMillis() {
        return unheard > 0 ? retryMillis : duties.nextMillis();
    }

    private boolean isToDocument() {
        return changed > documented && changed != undocumented;
    }

    private void document() {
        try {
            if (desk.document()) {
                documented = changed;
                return;
            }
        } catch (IOException unreadable) {
            LOG.log(Level.FINE, "no documents", unreadable);
        }
        undocumented = changed;
        LOG.log(
                Level.WARNING,
                "no documents: a day was settled with other readings than this vault keeps, or"
                        + " with some that it lacks");
    }

    /// Says what is to be said.
    ///
    /// @return whether anything was
    private boolean speak() throws IOException, InterruptedException {
        int most = unheard > 0 ? 1 : mostSteps;
        List<EnergyTransaction> steps =
                desk.at((ledger, vault) -> duties.list(ledger, vault, clock.millis(), most));
        if (steps.isEmpty()) {
            unheard = 0;
            return false;
        }
        List<EnergyTransaction> complete = new ArrayList<>();
        for (EnergyTransaction step : steps) {
            complete.add(step instanceof DissentDay dissent ? compared(dissent) : step);
        }
        Moment last = desk.at((ledger, _) -> ledger.last());
        long number = desk.at((ledger, _) -> ledger.lastNumber(account, Speech.LANE)) + 1;
        int version = desk.at((ledger, _) -> ledger.version());
        switch (speech.say(complete, version, last, number)) {
            case Heard.Accepted(long height) -> {
                unheard = 0;
                complete.forEach(step -> LOG.log(Level.INFO, SettlerWords.said(step, height)));
                return true;
            }
            case Heard.Refused(String reason) -> unheard(reason);
            case Heard.NotHeard(String why) -> unheard(why);
        }
        return false;
    }

    private void unheard(String why) {
        pause();
        LOG.log(
                unheard == TOLD_UNHEARD ? Level.WARNING : Level.FINE,
                "the settler was not heard: {0}",
                why);
    }

    /// Waits with the next try, the longer the more often it failed; blocks that come meanwhile put
    /// it off no further.
    ///
    /// @return for how long [ms]
    private long pause() {
        unheard++;
        int doublings = Math.min(unheard, 8) - 1;
        long pause = Math.min(PAUSE_MILLIS << doublings, LONGEST_PAUSE_MILLIS);
        retryMillis = clock.millis() + pause;
        return pause;
    }

    /// A dissent that says where the day differs, if whoever proposed it shows his leaves.
    private DissentDay compared(DissentDay dissent) throws IOException, InterruptedException {
        Optional<Digest> root =
                desk.at((ledger, _) ->
                        ledger.energy()
                                .findProposal(
                                        dissent.community(), dissent.day(), dissent.proposer())
                                .map(proposal -> proposal.root(dissent.kind())));
        if (root.isEmpty()) {
            return dissent;
        }
        SettledRoot kind = dissent.kind();
        OptionalInt index =
                comparison.findFirst(
                        new LeafQuestion(dissent.community(), dissent.day(), kind, root.get()),
                        dissent.root(),
                        dissent.proposer());
        return new DissentDay(
                dissent.community(),
                dissent.day(),
                dissent.proposer(),
                dissent.proposal(),
                kind,
                dissent.root(),
                index);
    }

    private void call(Runnable what) {
        lock.lock();
        try {
            what.run();
            called.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until he is called, or so long [ms].
    ///
    /// @return whether there may be something to say beside what new blocks bring
    private boolean await(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(Math.min(millis, Integer.MAX_VALUE));
            while (!blocks && !readings && !closing && left > 0) {
                left = called.awaitNanos(left);
            }
            boolean anyway = readings;
            if (readings) {
                duties.forget();
                undocumented = -1;
            }
            blocks = false;
            readings = false;
            return anyway;
        } finally {
            lock.unlock();
        }
    }
}
