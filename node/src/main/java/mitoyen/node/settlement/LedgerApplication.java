package mitoyen.node.settlement;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import mitoyen.consensus.Proposal;
import mitoyen.consensus.SnapshotApplication;
import mitoyen.consensus.SnapshotContent;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.energy.EnergyEvent;
import mitoyen.ledger.energy.EnergyTransaction.FoundCommunity;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Event;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.Receipt;
import mitoyen.ledger.machine.Rules;
import mitoyen.ledger.machine.Sender;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.DamagedBytesException;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.node.snapshot.StateFile;

/// The ledger's state machine as an engine drives it, and the index of what came of its blocks.
final class LedgerApplication implements SnapshotApplication {
    private static final int REMEMBERED_KEYS = 1 << 17;

    private final Genesis genesis;
    private final BlockExecution execution;
    private final LedgerIndex index;
    private final Deque<Draft.Sealed> unindexed = new ArrayDeque<>();
    private final Deque<Rehearsal> rehearsals = new ArrayDeque<>();
    private State state;
    private Optional<Draft.Sealed> draft = Optional.empty();

    LedgerApplication(Genesis genesis) {
        this(genesis, _ -> true);
    }

    /// @param ours which of the ledger's communities the index is of
    LedgerApplication(Genesis genesis, Predicate<FoundCommunity> ours) {
        this.genesis = genesis;
        this.index = new LedgerIndex(ours);
        this.execution = execution(genesis);
        this.state = execution.initialState();
    }

    LedgerIndex index() {
        return index;
    }

    /// The state after the last block.
    State state() {
        return state;
    }

    /// All that happened in the oldest block that is committed and not yet
    /// [indexed][#index(Block)].
    List<Event> nextEvents() {
        return unindexed.element().events();
    }

    /// The rules that hold at a height above the last block's.
    Rules rules(long height) {
        return Rules.at(genesis, state, height);
    }

    /// The protocol version of these rules.
    int version(long height) {
        return rules(height).version();
    }

    /// What the founder's account sent.
    Sender founder() {
        return state.traffic().sender(genesis.founderAccount());
    }

    /// The number of the founder's last transaction in a lane; -1 before the first.
    long lastNumber(int lane) {
        return lastNumber(genesis.founderAccount(), lane);
    }

    /// The number of an account's last transaction in a lane; -1 before the first.
    long lastNumber(AccountId sender, int lane) {
        return state.traffic().sender(sender).lanes().getOrDefault(lane, -1L);
    }

    /// Executes what is to become the next blocks, so that none is written that would be refused.
    /// What comes of each is kept until its block comes, and is not executed twice.
    ///
    /// @throws IllegalStateException if a transaction would not be accepted
    void rehearse(List<Proposal> proposals) {
        rehearsals.clear();
        State after = state;
        long height = index.height();
        for (Proposal proposal : proposals) {
            height++;
            Draft.Sealed sealed =
                    execution.execute(
                            after, new Moment(height, proposal.timeMillis()), proposal.bundles());
            for (Draft.Outcome outcome : sealed.outcomes()) {
                if (!isExpected(outcome.receipt())) {
                    throw new IllegalStateException(
                            "block " + height + " would hold " + outcome.receipt());
                }
            }
            rehearsals.add(new Rehearsal(height, proposal, sealed));
            after = sealed.state();
        }
    }

    @Override
    public Hash appHash() {
        return hash(state.root());
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        Draft.Sealed sealed =
                rehearsed(height, timeMillis, bundles)
                        .orElseGet(() ->
                                execution.execute(state, new Moment(height, timeMillis), bundles));
        draft = Optional.of(sealed);
        return new BlockResult(hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
    }

    @Override
    public void commit() {
        Draft.Sealed sealed = draft.orElseThrow();
        state = sealed.state();
        unindexed.add(sealed);
        draft = Optional.empty();
    }

    @Override
    public void writeSnapshot(OutputStream out) throws IOException {
        StateFile.write(state, out);
    }

    @Override
    public void readSnapshot(SnapshotContent content) throws IOException {
        StateFile.Opened taken = StateFile.open(content);
        try {
            taken.scan();
        } catch (IllegalStateException | DamagedBytesException wrong) {
            throw new IOException(
                    content.name() + ": not a state of this ledger: " + wrong.getMessage(), wrong);
        }
        state = taken.state();
    }

    /// Enters a block into the index, once it is durable. Blocks come in the order of their
    /// commits.
    ///
    /// @return what happened in the block, in order
    List<EnergyEvent> index(Block block) {
        Draft.Sealed sealed = unindexed.remove();
        List<EnergyEvent> events = new ArrayList<>();
        boolean activates = false;
        for (Event event : sealed.events()) {
            activates |= event instanceof Event.Activated;
            if (event instanceof Event.Energy(EnergyEvent happened)) {
                events.add(happened);
            }
        }
        long transactions =
                sealed.outcomes().stream()
                        .filter(outcome -> isOfTransaction(outcome.receipt()))
                        .count();
        index.add(block, version(block.height()), transactions, activates, events);
        return events;
    }

    /// A ledger that is settled from files has a signature a day; others may have millions.
    private static BlockExecution execution(Genesis genesis) {
        return genesis.version() == Genesis.PROTOCOL_VERSION
                ? new BlockExecution(genesis)
                : BlockExecution.forMany(genesis, REMEMBERED_KEYS);
    }

    private static boolean isExpected(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _, Receipt.Fired _, Receipt.Noticed _ -> true;
            case Receipt.Exists _, Receipt.Rejected _ -> false;
        };
    }

    private static boolean isOfTransaction(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted _, Receipt.Exists _, Receipt.Rejected _ -> true;
            case Receipt.Fired _, Receipt.Noticed _ -> false;
        };
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }

    /// What came of a block when it was rehearsed; nothing where another block comes instead, and
    /// then nothing of those behind it either.
    private Optional<Draft.Sealed> rehearsed(long height, long timeMillis, List<byte[]> bundles) {
        Rehearsal next = rehearsals.poll();
        if (next != null && next.isOf(height, timeMillis, bundles)) {
            return Optional.of(next.sealed);
        }
        rehearsals.clear();
        return Optional.empty();
    }

    /// What comes of a block that is about to be made.
    private record Rehearsal(long height, Proposal proposal, Draft.Sealed sealed) {
        boolean isOf(long height, long timeMillis, List<byte[]> bundles) {
            return this.height == height
                    && proposal.timeMillis() == timeMillis
                    && Arrays.deepEquals(proposal.bundles().toArray(), bundles.toArray());
        }
    }
}
