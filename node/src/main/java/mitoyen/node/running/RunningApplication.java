package mitoyen.node.running;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.consensus.Hash;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.machine.Decision;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.VerifiedTransaction;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.BlockContent;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.ledger.wire.Examined;
import mitoyen.ledger.wire.Verifier;
import mitoyen.ledger.wire.Verifier.Verification;
import mitoyen.node.snapshot.StateFile;

/// The state machine as the engine of a running node drives it. What was checked on its way in is
/// not verified again; what is read back from the disk is.
final class RunningApplication implements SnapshotApplication {
    private final Genesis genesis;
    private final BlockExecution execution;
    private final Verifications verifications = new Verifications();
    private volatile State state;
    private Optional<StateFile.Opened> opened = Optional.empty();
    private Optional<Prepared> prepared = Optional.empty();
    private Optional<Executed> draft = Optional.empty();
    private Optional<Executed> committed = Optional.empty();

    /// @param execution of the ledger with this genesis
    RunningApplication(Genesis genesis, BlockExecution execution) {
        this.genesis = genesis;
        this.execution = execution;
        this.state = execution.initialState();
    }

    /// The rules that hold for the block behind the last one.
    ///
    /// @param height the last block's
    Rules rulesAfter(long height) {
        return Rules.at(genesis, state, height + 1);
    }

    /// What turns bytes into transactions for the block behind the last one.
    ///
    /// @param height the last block's
    Verifier verifierAfter(long height) {
        return execution.verifier(state, height + 1);
    }

    /// Verifies a transaction, or remembers what came of it. On any thread.
    ///
    /// @param sent the SHA-256 of the bytes
    Verification verify(Verifier verifier, Rules rules, Digest sent, byte[] transaction) {
        return verifications.verify(verifier, rules, sent, transaction);
    }

    /// What a bundle is under some rules, if it was examined before. On any thread.
    Optional<Examined> findExamined(Rules rules, byte[] bundle) {
        return verifications.find(rules, bundle);
    }

    /// Examines a bundle of a shared ledger, or remembers what came of it. On any thread.
    Examined examine(Verifier verifier, Rules rules, byte[] bundle) {
        return verifications.examine(verifier, rules, bundle);
    }

    /// Takes note of what a bundle is. On any thread.
    void remember(Rules rules, byte[] bundle, Examined examined) {
        verifications.remember(rules, bundle, examined);
    }

    /// The state after the last block. On any thread.
    State state() {
        return state;
    }

    /// The state after the block that was executed last, be it committed or not.
    State executedState() {
        return draft.map(executed -> executed.sealed.state()).orElse(state);
    }

    /// Answers what a transaction meets before its steps are looked at, for the next block.
    Optional<Decision> findDoor(Moment next, VerifiedTransaction verified) {
        return execution.findDoor(state, next, verified);
    }

    /// Lets go of what was remembered of a block's bundles: it is committed.
    void forget(List<byte[]> bundles) {
        List<Examined> known = ordered();
        for (int i = 0; i < known.size(); i++) {
            verifications.forget(bundles.get(i), known.get(i));
        }
    }

    /// Says what the next block will hold, verified already.
    void prepare(byte[] bundle, List<Checked.Valid> transactions) {
        prepared = Optional.of(new Prepared(bundle, transactions));
    }

    /// What came of the transactions of the block that was committed last, in order.
    List<Draft.Outcome> outcomes() {
        return committed.map(executed -> executed.sealed.outcomes()).orElse(List.of());
    }

    /// What was ordered in the block that was committed last, unless it was prepared.
    List<Examined> ordered() {
        return committed.map(Executed::ordered).orElse(List.of());
    }

    @Override
    public Hash appHash() {
        return hash(state.root());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Moment moment = new Moment(height, timeMillis);
        Executed executed =
                prepared.filter(next -> next.isOf(bundles))
                        .map(next -> execute(moment, next.transactions()))
                        .orElseGet(() -> executeAll(moment, bundles));
        prepared = Optional.empty();
        draft = Optional.of(executed);
        return new BlockResult(
                hash(executed.sealed.stateRoot()), hash(executed.sealed.receiptsRoot()));
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        StateFile.write(state, out);
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        StateFile.Opened taken = StateFile.open(content);
        state = taken.state();
        opened = Optional.of(taken);
    }

    /// The state that was taken up from a snapshot, if one was: once, then it is let go.
    Optional<StateFile.Opened> takeOpened() {
        Optional<StateFile.Opened> taken = opened;
        opened = Optional.empty();
        return taken;
    }

    @Override
    public void commit() {
        committed = draft;
        state = draft.orElseThrow().sealed.state();
        draft = Optional.empty();
    }

    /// What was verified when it was sent, or when it was proposed, is not again.
    private Executed executeAll(Moment moment, List<byte[]> bundles) {
        Rules rules = rulesAfter(moment.height() - 1);
        Verifier verifier = verifierAfter(moment.height() - 1);
        BlockContent content =
                BlockContent.of(
                        genesis,
                        moment.height(),
                        bundles,
                        bundle ->
                                genesis.isShared()
                                        ? examine(verifier, rules, bundle)
                                        : Examined.of(
                                                bundle,
                                                rules.parameters(),
                                                false,
                                                (_, bytes) -> verifier.verify(bytes)));
        return new Executed(execution.execute(state, moment, content), content.ordered());
    }

    private Executed execute(Moment moment, List<Checked.Valid> transactions) {
        Draft block = execution.draft(state, moment);
        block.begin();
        for (int i = 0; i < transactions.size(); i++) {
            if (i % Draft.AHEAD == 0) {
                int end = Math.min(i + Draft.AHEAD, transactions.size());
                block.lookAhead(
                        transactions.subList(i, end).stream()
                                .map(Checked.Valid::verified)
                                .toList());
            }
            Checked.Valid next = transactions.get(i);
            BlockExecution.execute(block, moment.height(), next.sent(), next.verified());
        }
        return new Executed(block.seal(), List.of());
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }

    /// A block that was executed.
    ///
    /// @param ordered what it was made of; none where it was prepared
    private record Executed(Draft.Sealed sealed, List<Examined> ordered) {}

    /// What a block is about to hold.
    private static final class Prepared {
        private final byte[] bundle;
        private final List<Checked.Valid> transactions;

        Prepared(byte[] bundle, List<Checked.Valid> transactions) {
            this.bundle = bundle;
            this.transactions = List.copyOf(transactions);
        }

        List<Checked.Valid> transactions() {
            return transactions;
        }

        /// Whether these are the bytes that were prepared.
        boolean isOf(List<byte[]> bundles) {
            return bundles.size() == 1 && Arrays.equals(bundles.getFirst(), bundle);
        }
    }
}
