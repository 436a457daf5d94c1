package mitoyen.node.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.Hash;
import mitoyen.consensus.journal.JournalReader;
import mitoyen.consensus.snapshot.SnapshotFolder;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Draft;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Moment;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.wire.BlockExecution;
import mitoyen.node.settlement.Archive;
import mitoyen.node.snapshot.StateAfter;

/// The ledger in a folder, to be compared with another: its headers one after the other, and the
/// states after its blocks as far as they are there or can be worked out. Writes nothing.
final class ComparedFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ComparedFolder.class.getName());
    private static final int REMEMBERED_KEYS = 1 << 17;

    private final Path folder;
    private final JournalReader headers;
    private final BlockExecution execution;

    private ComparedFolder(Path folder, JournalReader headers, Genesis genesis) {
        this.folder = folder;
        this.headers = headers;
        this.execution = BlockExecution.forMany(genesis, REMEMBERED_KEYS);
    }

    /// Opens the ledger in a folder.
    ///
    /// @throws IOException if there is none
    static ComparedFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(Archive.ledger(folder))) {
            throw new IOException(folder + ": holds no ledger; name a node's folder");
        }
        JournalReader headers = JournalReader.open(Archive.ledger(folder));
        try {
            return new ComparedFolder(folder, headers, Genesis.decode(headers.genesis()));
        } catch (CborException malformed) {
            headers.close();
            throw new IOException(
                    folder + ": the genesis is damaged: " + malformed.getMessage(), malformed);
        }
    }

    Path folder() {
        return folder;
    }

    Hash genesisHash() {
        return headers.genesisHash();
    }

    /// The header of the next block; empty after the last.
    ///
    /// @throws IOException naming the first thing in the journal that does not hold
    Optional<BlockHeader> findNext() throws IOException {
        Optional<BlockHeader> pruned = headers.findNextHeader();
        return pruned.isPresent() ? pruned : headers.findNext().map(Block::toHeader);
    }

    /// The height of the last block, having read to it.
    long countOn() throws IOException {
        while (findNext().isPresent()) {
            // Each is checked as it comes.
        }
        return headers.height();
    }

    /// What the ledger says of a block, and what comes of it when it is executed.
    ///
    /// @param before the state before it, if that is known
    Outcome outcome(BlockHeader header, Optional<State> before) throws IOException {
        Optional<Executed> executed = Optional.empty();
        if (before.isPresent()) {
            executed = findBlock(header.height()).flatMap(block -> tryExecute(before.get(), block));
        }
        return new Outcome(header, executed, findKept(header));
    }

    /// The state after a block, from the newest snapshot below it or the first block on; empty
    /// where too much was pruned, or where blocks are not what this program makes of them.
    Optional<State> findStateAfter(long height) throws IOException {
        SnapshotFolder snapshots = new SnapshotFolder(Archive.snapshots(folder));
        for (long each : snapshots.listHeights().reversed()) {
            if (each <= height) {
                Optional<StateAfter> begin = find(snapshots.file(each));
                Optional<State> found = begin.isEmpty() ? Optional.empty() : execute(begin, height);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return execute(Optional.empty(), height);
    }

    /// The state that the node kept when it halted after a block, if it did.
    private Optional<State> findKept(BlockHeader header) {
        Path file = StateAfter.ofDivergence(Archive.snapshots(folder), header.height());
        return Files.exists(file)
                ? find(file).filter(found -> found.block().equals(header)).map(StateAfter::state)
                : Optional.empty();
    }

    /// A state that cannot be used is passed over, as at a start.
    private static Optional<StateAfter> find(Path file) {
        try {
            return Optional.of(StateAfter.open(file));
        } catch (IOException unusable) {
            LOG.log(Level.WARNING, "passed over: {0}", unusable.getMessage());
            return Optional.empty();
        }
    }

    /// Executes blocks up to a height.
    ///
    /// @param begin the state to begin with; without one, that before the first block
    /// @return empty where the block of the state is not in this ledger, or those behind it were
    ///   pruned or are not what this program makes of them
    private Optional<State> execute(Optional<StateAfter> begin, long height) throws IOException {
        try (JournalReader reader = JournalReader.open(Archive.ledger(folder))) {
            Optional<State> state =
                    begin.isEmpty() ? Optional.of(execution.initialState()) : Optional.empty();
            while (reader.height() < height) {
                Optional<BlockHeader> pruned = reader.findNextHeader();
                if (pruned.isPresent()) {
                    state =
                            begin.filter(each -> each.block().equals(pruned.get()))
                                    .map(StateAfter::state);
                    continue;
                }
                Optional<Block> block = reader.findNext();
                if (block.isEmpty()) {
                    return Optional.empty();
                }
                BlockHeader header = block.get().toHeader();
                if (begin.isPresent() && begin.get().block().height() >= header.height()) {
                    state =
                            begin.filter(each -> each.block().equals(header))
                                    .map(StateAfter::state);
                } else if (state.isPresent()) {
                    state = executeAsSaid(state.get(), block.get());
                }
            }
            return state;
        }
    }

    private Optional<State> executeAsSaid(State before, Block block) {
        Optional<Executed> executed = tryExecute(before, block);
        boolean holds = executed.isPresent() && executed.get().gives(block.toHeader());
        if (!holds) {
            LOG.log(
                    Level.WARNING,
                    "{0}: block {1} is not what this program makes of it",
                    new Object[] {folder, Long.toString(block.height())});
        }
        return holds ? executed.map(Executed::state) : Optional.empty();
    }

    private Optional<Block> findBlock(long height) throws IOException {
        try (JournalReader reader = JournalReader.open(Archive.ledger(folder))) {
            for (var next = reader.findNext(); next.isPresent(); next = reader.findNext()) {
                if (next.get().height() == height) {
                    return next;
                }
            }
            return Optional.empty();
        }
    }

    /// What this program cannot execute at all has no outcome here.
    private Optional<Executed> tryExecute(State before, Block block) {
        try {
            return Optional.of(execute(before, block));
        } catch (RuntimeException impossible) {
            LOG.log(
                    Level.WARNING,
                    "{0}: block {1} cannot be executed: {2}",
                    new Object[] {folder, Long.toString(block.height()), impossible});
            return Optional.empty();
        }
    }

    private Executed execute(State before, Block block) {
        Draft.Sealed sealed =
                execution.execute(
                        before, new Moment(block.height(), block.timeMillis()), block.bundles());
        return new Executed(sealed.state(), hash(sealed.stateRoot()), hash(sealed.receiptsRoot()));
    }

    private static Hash hash(Digest digest) {
        return Hash.of(digest.toBytes());
    }

    @Override
    public void close() throws IOException {
        headers.close();
    }
}
