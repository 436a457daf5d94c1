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
import mitoyen.ledger.wire.BlockExecution;
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
    private Optional<Draft.Sealed> draft = Optional.empty();
    private List<Draft.Outcome> outcomes = List.of();

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

    /// The state after the last block. On any thread.
    State state() {
        return state;
    }

    /// The state after the block that was executed last, be it committed or not.
    State executedState() {
        return draft.map(Draft.Sealed::state).orElse(state);
    }

    /// Answers what a transaction meets before its steps are looked at, for the next block.
    Optional<Decision> findDoor(Moment next, VerifiedTransaction verified) {
        return execution.findDoor(state, next, verified);
    }

    /// Says what the next block will hold, verified already.
    void prepare(byte[] bundle, List<Checked.Valid> transactions) {
        prepared = Optional.of(new Prepared(bundle, transactions));
    }

    /// What came of the transactions of the block that was committed last, in order.
    List<Draft.Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public Hash appHash() {
        return hash(state.root());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Moment moment = new Moment(height, timeMillis);
        Draft.Sealed sealed =
                prepared.filter(next -> next.isOf(bundles))
                        .map(next -> execute(moment, next.transactions()))
                        .orElseGet(() -> executeAll(moment, bundles));
        prepared = Optional.empty();
        draft = Optional.of(sealed);
        return new BlockResult(hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
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
        Draft.Sealed sealed = draft.orElseThrow();
        state = sealed.state();
        outcomes = sealed.outcomes();
        draft = Optional.empty();
    }

    /// What was verified when it was sent, or when it was proposed, is not again.
    private Draft.Sealed executeAll(Moment moment, List<byte[]> bundles) {
        Rules rules = rulesAfter(moment.height() - 1);
        Verifier verifier = verifierAfter(moment.height() - 1);
        return execution.execute(
                state,
                moment,
                bundles,
                (sent, transaction) ->
                        verifications
                                .find(rules, sent)
                                .orElseGet(() -> verifier.verify(transaction)));
    }

    private Draft.Sealed execute(Moment moment, List<Checked.Valid> transactions) {
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
            Checked.Valid transaction = transactions.get(i);
            try {
                block.execute(transaction.sent(), transaction.verified());
            } catch (RuntimeException | Error fault) {
                throw new ExecutionFault(moment.height(), transaction.id(), fault);
            }
        }
        return block.seal();
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }

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
