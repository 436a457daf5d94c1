package mitoyen.node.running;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.abci.AbciHandler;
import mitoyen.consensus.cometbft.CometEngine;
import mitoyen.consensus.disk.Disk;
import mitoyen.consensus.journal.Journal;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Decision;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Parameters;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.Transaction;
import mitoyen.ledger.machine.TransactionRejection;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleHistory;
import mitoyen.ledger.proof.Sha256;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Bundle;
import mitoyen.ledger.wire.Examined;
import mitoyen.ledger.wire.ExecutionFault;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.ledger.wire.TransactionCodec;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.node.snapshot.StateFile;
import mitoyen.node.threads.Worker;

/// The ledger of a node and the store that keeps it: the one place where the node touches the
/// ledger's rules.
///
/// Any thread may [check][#check]; one thread executes.
public final class RunningLedger implements AutoCloseable {
    /// What a byte string takes in a bundle besides its bytes, at most [bytes].
    private static final int HEAD_BYTES = 5;

    /// How many keys the signatures' checker remembers.
    private static final int REMEMBERED_KEYS = 1 << 18;

    private final Genesis genesis;
    private final RunningApplication application;
    private final LedgerStore store;
    private final LedgerProofs proofs;
    private final History history;
    private final Upkeep upkeep;
    private volatile Holding holding;
    private volatile boolean settledFromFiles;

    private static final ByteString NOBODY = ByteString.of(new byte[0]);

    private RunningLedger(
            Genesis genesis,
            RunningApplication application,
            LedgerStore store,
            LedgerProofs proofs,
            History history,
            int snapshotBlocks) {
        this.genesis = genesis;
        this.application = application;
        this.store = store;
        this.proofs = proofs;
        this.history = history;
        this.upkeep = new Upkeep(store, history, snapshotBlocks, this::isSettledOn);
        this.holding = hold();
    }

    /// Opens the ledger in a folder, which is made if it is not there: its blocks above the newest
    /// snapshot are executed again.
    ///
    /// @param folder `ledger/`
    /// @param snapshots the folder of the snapshots, beside it
    /// @param snapshotBlocks how many blocks there are between two snapshots, at least 1
    /// @throws IOException if what is there does not hold
    public static RunningLedger open(
            Disk disk, Path folder, Path snapshots, int snapshotBlocks, Genesis genesis)
            throws IOException {
        return open(disk, folder, snapshots, snapshotBlocks, genesis, Journal.SEGMENT_BYTES);
    }

    /// The same with segments of another size [bytes], the same at every opening.
    public static RunningLedger open(
            Disk disk,
            Path folder,
            Path snapshots,
            int snapshotBlocks,
            Genesis genesis,
            long segmentBytes)
            throws IOException {
        RunningApplication application =
                new RunningApplication(genesis, BlockExecution.forMany(genesis, REMEMBERED_KEYS));
        MerkleHistory log = new MerkleHistory();
        LedgerStore store =
                LedgerStore.open(
                        disk,
                        folder,
                        snapshots,
                        genesis.toBytes(),
                        application,
                        _ -> {},
                        segmentBytes,
                        header -> LedgerProofs.enter(log, header));
        try {
            LedgerProofs proofs = new LedgerProofs(store, log, application.state());
            History history = new History(store, disk, snapshots, genesis);
            return new RunningLedger(genesis, application, store, proofs, history, snapshotBlocks);
        } catch (RuntimeException | Error failure) {
            store.close();
            throw failure;
        }
    }

    /// Says that the ledger is one that is settled from files: under version 1 its blocks then hold
    /// what settling makes and nothing else (LE-63), so that of what is sent only its founder's
    /// activation of other rules is taken in.
    public void settlesFromFiles() {
        settledFromFiles = true;
    }

    /// Whether a community is settled on the ledger, or is going to be: then nothing of it may go,
    /// since whoever settles and whoever verifies it reads all of it (decision 0022).
    public boolean isSettledOn() {
        return settledFromFiles
                || genesis.version() == Genesis.PROTOCOL_VERSION
                || application.state().energy().communities().size() > 0;
    }

    /// Has blocks removed that need not be kept, beside the making of blocks. To be called before
    /// the first block is made.
    ///
    /// @param keep what is to be kept
    /// @param follower what he lacks stays, and so does a state from which he can go on
    public void keep(Keep keep, Follower follower) {
        upkeep.keep(keep, follower);
    }

    /// What happened, for whoever missed it. Any thread may ask.
    public History history() {
        return history;
    }

    /// The height of the first block that was not pruned. Any thread may ask.
    public long firstHeight() {
        return store.firstHeight();
    }

    /// What names the ledger and limits it.
    public Genesis genesis() {
        return genesis;
    }

    /// The height of the last block; 0 before the first.
    public long height() {
        return store.height();
    }

    /// The height of the last durable block, which [can be found][#findBlock]; 0 before the first.
    /// Any thread may ask, also while blocks are made.
    public long durableHeight() {
        return store.durableHeight();
    }

    /// The last block; empty before the first.
    public Optional<Block> findLastBlock() {
        return store.findLastBlock();
    }

    /// The root over the state after the last block.
    public Hash stateRoot() {
        return application.appHash();
    }

    /// What can be proved of the ledger. Any thread may ask.
    public LedgerProofs proofs() {
        return proofs;
    }

    /// The most bytes that a transaction has.
    public int transactionBytes() {
        return limits().transactionBytes();
    }

    /// The most transactions that a block takes.
    public int blockTransactions() {
        return limits().bundleTransactions();
    }

    /// The most that the [weights][#weight] of a block's transactions come to.
    public long blockWeight() {
        int most = Math.min(limits().bundleBytes(), Block.MAX_BYTES / 2);
        return most - (long) HEAD_BYTES;
    }

    /// What a transaction takes of a block [bytes].
    static long weight(Checked.Valid transaction) {
        return transaction.bytes().length() + (long) HEAD_BYTES;
    }

    /// The transactions of a bundle, which are not looked at; nothing where it is none. Any thread
    /// may ask.
    public Optional<List<byte[]>> takeApart(byte[] bundle) {
        try {
            return Optional.of(
                    Bundle.decode(bundle, limits()).transactions().stream()
                            .map(ByteString::toBytes)
                            .toList());
        } catch (CborException malformed) {
            return Optional.empty();
        }
    }

    /// Who sends a transaction, read off without verifying it: good for taking turns and for
    /// nothing else. What does not decode has one sender in common.
    public ByteString senderOf(byte[] bytes) {
        try {
            SignedTransaction signed = SignedTransaction.decode(bytes, limits());
            return switch (TransactionCodec.decode(signed.body().toBytes(), limits())) {
                case Transaction.Version1 _ ->
                        signed.signatures().isEmpty()
                                ? NOBODY
                                : signed.signatures().getFirst().key().bytes();
                case Transaction.Version2 second -> second.sender().bytes();
            };
        } catch (CborException malformed) {
            return NOBODY;
        }
    }

    /// When the next timer is due [ms since 1970]; empty where none is set. Any thread may ask.
    Optional<Long> findNextTimerMillis() {
        return application.state().timers().findNextMillis();
    }

    /// Whether a timer is due. Any thread may ask.
    boolean isTimerDue(long nowMillis) {
        return findNextTimerMillis().filter(due -> due <= nowMillis).isPresent();
    }

    /// Looks at bytes without any state: decodes them and verifies their signatures. What no bundle
    /// holds is too large, whatever a transaction may have.
    Checked check(byte[] bytes) {
        Holding now = holding;
        if (bytes.length + (long) HEAD_BYTES > blockWeight()) {
            return new Checked.Invalid(LedgerWords.refusal(TransactionRejection.TOO_LARGE));
        }
        Digest sent = Sha256.of(bytes);
        return switch (verify(now, sent, bytes)) {
            case Verification.Refused(var reason) ->
                    new Checked.Invalid(LedgerWords.refusal(reason));
            case Verification.Verified(var verified) when isForeign(now.rules, verified) ->
                    new Checked.Invalid(
                            LedgerWords.refusal(TransactionRejection.FOR_ANOTHER_VERSION));
            case Verification.Verified(var verified) ->
                    new Checked.Valid(
                            ByteString.of(bytes),
                            verified.transaction().id().toString(),
                            sent,
                            verified,
                            now.rules);
        };
    }

    /// What a bundle of a shared ledger is under the rules that hold now: remembered, or found out.
    /// Any thread may ask.
    Examined examine(byte[] bundle) {
        Holding now = holding;
        return application.examine(now.verifier, now.rules, bundle);
    }

    /// The same if it is remembered. Any thread may ask.
    Optional<Examined> findExamined(byte[] bundle) {
        return application.findExamined(holding.rules, bundle);
    }

    /// The bytes of a bundle of checked transactions, which is then not examined again. Any thread
    /// may ask.
    byte[] bundle(List<Checked.Valid> transactions) {
        Holding now = holding;
        byte[] bundle =
                new Bundle(transactions.stream().map(Checked.Valid::bytes).toList()).toBytes();
        if (transactions.stream().allMatch(each -> each.rules().equals(now.rules))) {
            application.remember(
                    now.rules,
                    bundle,
                    new Examined.Transactions(
                            transactions.stream().map(RunningLedger::examined).toList()));
        }
        return bundle;
    }

    private static Examined.One examined(Checked.Valid valid) {
        return new Examined.One(
                valid.bytes(), valid.sent(), new Verification.Verified(valid.verified()));
    }

    /// Where several nodes see the same bytes again and again, what came of it is remembered.
    private Verification verify(Holding now, Digest sent, byte[] bytes) {
        return genesis.isShared()
                ? application.verify(now.verifier, now.rules, sent, bytes)
                : now.verifier.verify(bytes);
    }

    private boolean isForeign(Rules rules, VerifiedTransaction verified) {
        return settledFromFiles
                && rules.version() == Genesis.PROTOCOL_VERSION
                && !(verified.transaction() instanceof Transaction.Version2
                        && verified.signers().contains(genesis.founder()));
    }

    /// The same transaction as the rules that hold now have it: where others held when it was
    /// verified, it is verified again. Any thread may ask.
    Checked renew(Checked.Valid transaction) {
        return transaction.rules().equals(holding.rules)
                ? transaction
                : check(transaction.bytes().toBytes());
    }

    /// Makes a block of checked transactions, durable when this returns.
    ///
    /// @param timeMillis the time now [ms since 1970]; a block's is later than that of the block
    ///   below in any case
    /// @param transactions at most [#blockTransactions] with at most [#blockWeight]
    /// @throws ExecutionFault if the rules themselves fail; the ledger is of no more use
    /// @throws IOException if the disk fails; the ledger is of no more use
    CommittedBlock execute(long timeMillis, List<Checked.Valid> transactions) throws IOException {
        long after = findLastBlock().map(below -> below.timeMillis() + 1).orElse(0L);
        byte[] bundle =
                new Bundle(transactions.stream().map(Checked.Valid::bytes).toList()).toBytes();
        application.prepare(bundle, transactions);
        Block block = make(new Proposal(Math.max(timeMillis, after), List.of(bundle)));
        committed(block);
        return LedgerWords.block(block, transactions, application.outcomes());
    }

    /// Makes a block of what somebody in this process proposes, durable when this returns; its
    /// transactions are verified on the way. On the executing thread.
    ///
    /// @throws IOException if the disk fails; the ledger is of no more use
    CommittedBlock execute(Proposal proposal) throws IOException {
        Rules rules = holding.rules;
        Block block = make(proposal);
        committed(block);
        return words(block, rules);
    }

    /// Makes a ledger one of several nodes: what the engine orders from now on becomes its blocks.
    ///
    /// @param clock what tells whether a timer is due
    /// @param committed told of every block once it is durable, and how long it took from execution
    ///   to the disk [ns], by the engine's thread; it calls [#adopted]
    /// @throws IllegalArgumentException if the ledger is not shared
    public AbciHandler shareWith(InstantSource clock, ObjLongConsumer<Block> committed) {
        if (!genesis.isShared()) {
            throw new IllegalArgumentException("the ledger's genesis names no validators");
        }
        return new CometEngine(store, new SharedRules(this, clock), committed);
    }

    /// Takes note of a block that the engine of several nodes made durable.
    CommittedBlock adopted(Block block) {
        Rules rules = holding.rules;
        committed(block);
        // The first bundle is the engine's notice.
        application.forget(block.bundles().subList(1, block.bundles().size()));
        return words(block, rules);
    }

    private CommittedBlock words(Block block, Rules rules) {
        return LedgerWords.block(
                block, application.ordered(), rules.parameters(), application.outcomes());
    }

    /// What the ledger answers to a transaction without a block: that it was done before, or would
    /// be refused before its steps are looked at. Empty where it has to come into a block.
    ///
    /// @param nowMillis the time now [ms since 1970]
    Optional<Answer> findAnswer(Checked.Valid transaction, long nowMillis) {
        return findDoor(transaction.verified(), nowMillis)
                .map(decision ->
                        switch (decision) {
                            case Decision.Exists() ->
                                    new Answer.Exists(transaction.id(), transaction.sent());
                            case Decision.Refused refused ->
                                    new Answer.NotOrdered(LedgerWords.refusal(refused.rejection()));
                            case Decision.Accepted _ ->
                                    throw new IllegalStateException("accepted at the door");
                        });
    }

    /// The same in the ledger's own words.
    Optional<Decision> findDoor(VerifiedTransaction verified, long nowMillis) {
        Moment last = last();
        Moment next = new Moment(last.height() + 1, Math.max(nowMillis, last.timeMillis() + 1));
        return application.findDoor(next, verified);
    }

    /// The state after the block that was executed last, be it committed or not. On the executing
    /// thread.
    State executedState() {
        return application.executedState();
    }

    /// What the node finds out about a divergence by itself, in one line. It executes blocks again,
    /// beside the ledger, and keeps the state that it has.
    String explain(Divergence divergence) {
        return new Reexecution(store, history).explain(divergence, application.state());
    }

    /// The height and the time of the last block; both 0 before the first.
    Moment last() {
        return findLastBlock()
                .map(block -> new Moment(block.height(), block.timeMillis()))
                .orElse(new Moment(0, 0));
    }

    /// The protocol version whose rules hold for the next block. Any thread may ask.
    public int version() {
        return holding.rules.version();
    }

    /// The protocol version whose rules hold at a height above that of the last block. On the
    /// executing thread.
    int version(long height) {
        return Rules.at(genesis, executedState(), height).version();
    }

    /// A block by its height, which must be durable. Any thread may ask.
    ///
    /// @throws IOException if it cannot be read
    public Optional<Block> findBlock(long height) throws IOException {
        return store.findBlock(height);
    }

    /// Takes the snapshot that the ledger was opened from, to be scanned behind its start; empty
    /// where there was none, and once it was taken. Nothing is held of it afterwards.
    Optional<StateFile.Opened> takeOpened() {
        return application.takeOpened();
    }

    /// Writes a snapshot where one is due after the last block. On the executing thread.
    void snapshotIfDue() {
        upkeep.snapshotIfDue();
    }

    /// Who has blocks removed, if they are.
    public Optional<Worker> findPruner() {
        return upkeep.findPruner();
    }

    @Override
    public void close() throws IOException {
        upkeep.close();
        store.close();
    }

    private Block make(Proposal proposal) throws IOException {
        Block block = store.execute(proposal);
        store.keep(block);
        return block;
    }

    private void committed(Block block) {
        proofs.add(block.toHeader(), application.state());
        if (!application.rulesAfter(block.height()).equals(holding.rules)) {
            holding = hold();
        }
    }

    Parameters limits() {
        return holding.rules.parameters();
    }

    /// The rules of the next block.
    private Holding hold() {
        Rules rules = application.rulesAfter(store.height());
        return new Holding(rules, application.verifierAfter(store.height()));
    }

    /// What holds for the next block.
    private record Holding(Rules rules, Verifier verifier) {}
}
