package mitoyen.node.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;
import mitoyen.ledger.machine.Genesis;
import mitoyen.node.cometbft.CometRpc;
import mitoyen.node.cometbft.Joining;
import mitoyen.node.cometbft.LightBlocks;
import mitoyen.node.cometbft.SharedOrdering;
import mitoyen.node.configuration.CometSettings;
import mitoyen.node.configuration.NodeConfiguration;
import mitoyen.node.inbox.Inbox;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.Refused;
import mitoyen.node.keys.Keys;
import mitoyen.node.page.EyesPage;
import mitoyen.node.running.CommittedBlock;
import mitoyen.node.running.Ordering;
import mitoyen.node.running.RunningLedger;
import mitoyen.node.running.Sequencer;
import mitoyen.node.settlement.Archive;
import mitoyen.node.settlement.FolderLock;
import mitoyen.node.threads.FairQueue;
import mitoyen.node.threads.Worker;
import mitoyen.node.views.ViewFeed;
import mitoyen.node.views.ViewReader;

/// A node that runs: the folder's lock, the ledger, the tables behind it and the API before it.
public final class RunningNode implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunningNode.class.getName());

    /// How much more than a transaction a request's body may have: as JSON it is longer.
    private static final int PAYLOAD_FACTOR = 3;

    private final NodeConfiguration configuration;
    private final NodeMetrics metrics = new NodeMetrics();
    private final AtomicLong height = new AtomicLong();
    private final FolderLock lock;
    private final Genesis genesis;
    private final ViewFeed views;
    private final Ordering ordering;
    private final EventRoutes events;
    private final ApiServer server;
    private final Optional<CometRpc> rpc;
    private final SettlingPart settling;
    private volatile Optional<Inbox> inbox = Optional.empty();

    private RunningNode(
            NodeConfiguration configuration,
            OpenParts parts,
            FolderLock lock,
            Genesis genesis,
            Disk disk,
            InstantSource clock,
            long segmentBytes,
            Optional<Joining> joined)
            throws IOException, InputMistakes, Refused {
        this.configuration = configuration;
        this.lock = lock;
        this.genesis = genesis;
        Path folder = Archive.ledger(configuration.folder());
        disk.createDirectories(folder);
        RunningLedger ledger =
                parts.add(
                        RunningLedger.open(
                                new MeasuredDisk(disk, metrics::synced),
                                folder,
                                Archive.snapshots(configuration.folder()),
                                configuration.snapshotBlocks(),
                                genesis,
                                segmentBytes));
        this.height.set(ledger.height());
        if (Archive.isSettledInto(configuration.folder())) {
            ledger.settlesFromFiles();
        }
        Agreement.require(
                configuration,
                ledger.genesis().isShared(),
                ledger.isSettledOn(),
                ledger.firstHeight());
        Path tables = configuration.folder().resolve("views.sqlite");
        this.views = parts.add(openViews(tables, ledger));
        views.pruned(ledger.firstHeight());
        ledger.keep(configuration.keep(), views);
        NodeConfiguration.Limits limits = configuration.limits();
        this.rpc = configuration.cometbft().map(CometSettings::rpcAddress).map(CometRpc::new);
        rpc.ifPresent(parts::add);
        this.settling = parts.add(SettlingPart.of(configuration, ledger, disk));
        this.ordering = parts.add(order(ledger, joined, clock));
        ViewReader reader = new ViewReader(tables);
        Duration patience = Duration.ofSeconds(limits.requestSeconds());
        this.events = parts.add(new EventRoutes(views, reader, limits.streams(), patience));
        NodeState state = new State(ledger);
        PrunedBlocks pruned = new PrunedBlocks(ledger.proofs(), views, reader);
        this.server =
                parts.add(
                        ApiServer.start(
                                configuration,
                                (long) PAYLOAD_FACTOR * ledger.transactionBytes(),
                                List.of(
                                        new TransactionRoutes(
                                                        ordering,
                                                        metrics,
                                                        ledger.transactionBytes(),
                                                        limits.waitingBytes(),
                                                        ledger::takeApart)
                                                ::addTo,
                                        new LookupRoutes(height::get, views, reader, pruned)::addTo,
                                        new AccountRoutes(ledger.proofs(), views, reader)::addTo,
                                        new ProofRoutes(ledger.proofs(), views, reader, pruned)
                                                ::addTo,
                                        new LightRoutes(rpc.map(LightBlocks::new))::addTo,
                                        new EngineRoutes(rpc)::addTo,
                                        eyes(ledger.genesis()),
                                        events::addTo,
                                        new CommunityRoutes(ledger.proofs(), settling.findAnswers())
                                                ::addTo,
                                        new StatusRoutes(state, metrics)::addTo,
                                        new ContractRoutes()::addTo)));
        settling.start(ordering, clock);
        this.inbox = watchInbox(ledger, disk);
        metrics.gauge("mitoyen.height", "Height of the ledger", height, AtomicLong::doubleValue);
        metrics.gauge(
                "mitoyen.view.height",
                "Height of the tables",
                views,
                feed -> (double) feed.height());
        metrics.gauge(
                "mitoyen.degraded",
                "Parts of the node that cannot do their work at present",
                state,
                node -> (double) node.listDegraded().size());
        metrics.gauge(
                "mitoyen.kept.from",
                "Height of the first block that is kept with its transactions",
                views,
                feed -> (double) feed.keptFrom());
        metrics.gauge(
                "mitoyen.waiting", "Transactions to be verified", ordering, Ordering::waiting);
    }

    /// The page on which a browser checks the ledger: there where validators sign it.
    private static ApiServer.Routes eyes(Genesis genesis) {
        return genesis.isShared() ? new EyesPage(genesis.name())::addTo : _ -> {};
    }

    /// The order of this process, or its part in that of several.
    private Ordering order(RunningLedger ledger, Optional<Joining> joined, InstantSource clock)
            throws IOException, Refused {
        NodeConfiguration.Limits limits = configuration.limits();
        FairQueue.Bounds bounds =
                new FairQueue.Bounds(
                        limits.waiting(), limits.waitingOfSender(), limits.waitingBytes());
        return rpc.isEmpty()
                ? new Sequencer<>(ledger, ledger::senderOf, bounds, clock, this::committed)
                : SharedOrdering.start(
                        ledger,
                        configuration.cometbft().orElseThrow(),
                        joined,
                        rpc.get(),
                        ledger::senderOf,
                        bounds,
                        clock,
                        this::committed);
    }

    /// The tables behind a ledger.
    private static ViewFeed openViews(Path tables, RunningLedger ledger) throws IOException {
        return ViewFeed.open(
                tables,
                ledger.genesis().hash().toString(),
                ledger.history(),
                ledger.findLastBlock());
    }

    private Optional<Inbox> watchInbox(RunningLedger ledger, Disk disk) throws IOException {
        if (configuration.inbox().isEmpty()) {
            return Optional.empty();
        }
        Path folder = configuration.folder();
        if (settling.findTreatment().isPresent()) {
            return Optional.of(
                    Inbox.watch(
                            configuration.inbox().get(),
                            folder,
                            disk,
                            settling.findTreatment().get(),
                            configuration.importing()));
        }
        return ordering instanceof Sequencer<?> alone
                ? Optional.of(
                        Inbox.watch(
                                configuration.inbox().get(),
                                folder,
                                disk,
                                new RunningPort(ledger, alone),
                                configuration.importing()))
                : Optional.empty();
    }

    /// Opens the folder and starts.
    ///
    /// @param chance where new keys come from, if the ledger is to be founded
    /// @param clock what blocks are stamped with
    /// @throws InputMistakes if there is nothing to begin with, or blocks are to go that a
    ///   settlement needs
    /// @throws Refused if another process has the folder
    /// @throws IOException if what is there does not hold, or the port is not to be had
    public static RunningNode start(
            NodeConfiguration configuration, Disk disk, SecureRandom chance, InstantSource clock)
            throws IOException, InputMistakes, Refused {
        return start(configuration, disk, chance, clock, Journal.SEGMENT_BYTES);
    }

    /// The same with segments of another size [bytes], the same at every start.
    static RunningNode start(
            NodeConfiguration configuration,
            Disk disk,
            SecureRandom chance,
            InstantSource clock,
            long segmentBytes)
            throws IOException, InputMistakes, Refused {
        requireStartable(configuration);
        OpenParts parts = new OpenParts();
        try {
            FolderLock lock = parts.add(FolderLock.take(configuration.folder(), disk));
            Genesis genesis = Beginnings.genesis(configuration, disk, chance);
            Optional<Joining> joined = join(configuration, genesis, disk);
            joined.ifPresent(parts::add);
            return new RunningNode(
                    configuration, parts, lock, genesis, disk, clock, segmentBytes, joined);
        } catch (IOException failure) {
            parts.closeAfter(failure);
            Optional<Refused> explained = Anew.explain(configuration, failure);
            if (explained.isPresent()) {
                throw explained.get();
            }
            throw failure;
        } catch (InputMistakes | Refused | RuntimeException | Error failure) {
            parts.closeAfter(failure);
            throw failure;
        }
    }

    /// Makes sure that the node can be begun, as far as that shows before anything is made for it.
    private static void requireStartable(NodeConfiguration configuration)
            throws IOException, InputMistakes, Refused {
        FolderLock.requireFree(configuration.folder());
        FolderParts.require(configuration);
        ApiServer.requireFree(configuration);
        Optional<Genesis> genesis = Beginnings.find(configuration);
        Agreement.require(
                configuration,
                genesis.filter(Genesis::isShared).isPresent(),
                genesis.filter(each -> each.version() == Genesis.PROTOCOL_VERSION).isPresent(),
                1);
        SettlingPart.require(configuration);
        if (configuration.inbox().isPresent()) {
            Inbox.require(configuration.inbox().get());
            // Whoever settles needs them whole, and later has only a log to say so.
            Optional<Keys> _ = Keys.find(Archive.keys(configuration.folder()));
        }
    }

    /// Begins the ledger from a snapshot of others, where the configuration says so and there is
    /// none yet; that takes as long as fetching and reading it.
    private static Optional<Joining> join(
            NodeConfiguration configuration, Genesis genesis, Disk disk) throws IOException {
        return genesis.isShared() && configuration.cometbft().isPresent()
                ? Joining.begin(
                        genesis,
                        configuration.cometbft().get(),
                        Anew.places(configuration.folder()),
                        disk)
                : Optional.empty();
    }

    /// Where the API is.
    public URI address() {
        return server.address(configuration.host());
    }

    /// The height of the last durable block; 0 before the first.
    public long height() {
        return height.get();
    }

    /// The hash that names the ledger, in hexadecimal.
    public String ledger() {
        return genesis.hash().toString();
    }

    /// Takes nothing more in, answers what was taken in, and closes.
    @Override
    public void close() throws IOException {
        try (lock;
                server;
                events;
                views) {
            ordering.expectEnd();
            settling.stop();
            if (inbox.isPresent()) {
                inbox.get().close();
            }
            settling.close();
            ordering.close();
        } finally {
            rpc.ifPresent(CometRpc::close);
        }
        LOG.log(Level.INFO, "stopped after block {0}", Long.toString(height()));
    }

    private void committed(CommittedBlock block, long nanos) {
        height.set(block.height());
        metrics.committed(block, nanos);
        views.offer(block);
        settling.committed();
    }

    private final class State implements NodeState {
        private final RunningLedger ledger;

        State(RunningLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public String ledger() {
            return RunningNode.this.ledger();
        }

        @Override
        public String name() {
            return genesis.name();
        }

        @Override
        public long height() {
            return RunningNode.this.height();
        }

        @Override
        public long timeMillis() {
            return ledger.proofs().standing().last().map(BlockHeader::timeMillis).orElse(0L);
        }

        @Override
        public int version() {
            return ledger.version();
        }

        @Override
        public long viewHeight() {
            return views.height();
        }

        @Override
        public long keptFrom() {
            return views.keptFrom();
        }

        @Override
        public int waiting() {
            return ordering.waiting();
        }

        @Override
        public int transactionBytes() {
            return ledger.transactionBytes();
        }

        @Override
        public int blockTransactions() {
            return ledger.blockTransactions();
        }

        @Override
        public boolean isCurrent() {
            return ordering.isCurrent();
        }

        @Override
        public List<String> listStopped() {
            return Stream.of(
                            Optional.of(views.worker()),
                            ledger.findPruner(),
                            settling.findWorker(),
                            inbox.map(Inbox::worker))
                    .flatMap(Optional::stream)
                    .filter(Worker::hasFailed)
                    .map(Worker::name)
                    .toList();
        }

        @Override
        public SequencedMap<String, String> listDegraded() {
            SequencedMap<String, String> degraded = new LinkedHashMap<>();
            views.findHindrance().ifPresent(why -> degraded.put(views.worker().name(), why));
            return degraded;
        }

        @Override
        public Optional<String> findHalt() {
            return ordering.findHalt();
        }
    }
}
