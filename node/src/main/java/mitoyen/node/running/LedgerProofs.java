package mitoyen.node.running;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.consensus.Block;
import mitoyen.consensus.BlockHeader;
import mitoyen.consensus.store.LedgerStore;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.machine.StateProofs;
import mitoyen.ledger.proof.BlockProof;
import mitoyen.ledger.proof.ConsistencyProof;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.InclusionPath;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleHistory;
import mitoyen.ledger.proof.MerkleHistory.Leaves;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Proof;
import mitoyen.ledger.proof.SidedPath;

/// What a ledger can prove to somebody who keeps a root over its blocks (`docs/spec/proofs.md`): of
/// the state after the last block, and of any block, under the log of all blocks.
///
/// Any thread may ask; the executing thread adds blocks, and never waits for a disk that somebody
/// else reads. It takes a byte a block.
public final class LedgerProofs {
    private final LedgerStore store;
    private final MerkleHistory log;
    private final Leaves<IOException> leaves;
    private volatile Standing standing;

    /// The proofs of a ledger that was just opened.
    ///
    /// @param log to which each header that was found was [added][#enter]
    /// @param state after the last block
    LedgerProofs(LedgerStore store, MerkleHistory log, State state) {
        this(
                store,
                log,
                state,
                (from, to) -> BlockProof.leafHashes(store.readHeaders(from + 1, to)));
    }

    /// The same with another way to the leaves of durable blocks.
    LedgerProofs(LedgerStore store, MerkleHistory log, State state, Leaves<IOException> leaves) {
        this.store = store;
        this.log = log;
        this.leaves = leaves;
        this.standing = new Standing(store.findLastBlock().map(Block::toHeader), state);
    }

    /// Adds a block's leaf to the log of all blocks.
    static void enter(MerkleHistory log, BlockHeader header) {
        log.append(BlockProof.leafHash(header.encode()));
    }

    /// Adds a block that is durable.
    ///
    /// @param state after it
    void add(BlockHeader header, State state) {
        synchronized (log) {
            enter(log, header);
        }
        standing = new Standing(Optional.of(header), state);
    }

    /// Where the ledger stands.
    public Standing standing() {
        return standing;
    }

    /// The header of a block, pruned or not, which must be durable.
    ///
    /// @throws IOException if it cannot be read
    public BlockHeader getHeader(long height) throws IOException {
        return store.getHeader(height);
    }

    /// The root over all blocks up to the last that is durable, or the one that follows it; before
    /// the first, that over none.
    ///
    /// @throws IllegalStateException if it is another block
    LogRoot rootWith(Optional<BlockHeader> last) {
        synchronized (log) {
            long height = last.map(BlockHeader::height).orElse(0L);
            if (height == log.size()) {
                return new LogRoot(height, log.root());
            }
            if (height != log.size() + 1) {
                throw new IllegalStateException(
                        "block %d, and the log has %d".formatted(height, log.size()));
            }
            Digest leaf = BlockProof.leafHash(last.orElseThrow().encode());
            return new LogRoot(height, log.rootWith(leaf));
        }
    }

    /// What the state after the last block holds under a key, or that it holds nothing.
    ///
    /// @return empty before the first block
    /// @throws IllegalArgumentException if the part has no entries that are proved
    /// @throws IOException if a block's header cannot be read
    public Optional<Proven> proveEntry(StatePart part, ByteString key) throws IOException {
        Standing now = standing;
        if (now.last().isEmpty()) {
            return Optional.empty();
        }
        Located last = locate(now.last().get(), now);
        return Optional.of(
                new Proven(StateProofs.prove(now.state(), part, key, last.block()), last.root()));
    }

    /// That the ledger holds a block, pruned or not.
    ///
    /// @param header of the block, which must be durable
    /// @throws IOException if a block's header cannot be read
    public Located locate(BlockHeader header) throws IOException {
        return locate(header, standing);
    }

    /// A block in the log of all blocks.
    ///
    /// @param root what the proof leads to
    public record Located(BlockProof block, LogRoot root) {}

    /// What a block answered.
    ///
    /// @param height of the block, which must be durable
    /// @param receipts of the block, all of them in order
    /// @param index which of them is proved
    /// @throws IOException if these are not the receipts of the block, or a block's header cannot
    ///   be read
    public Proven proveReceipt(long height, List<ByteString> receipts, int index)
            throws IOException {
        List<Digest> leaves =
                receipts.stream().map(receipt -> MerkleTree.leafHash(receipt.toBytes())).toList();
        BlockHeader header = getHeader(height);
        if (!MerkleTree.root(leaves).equals(Digest.of(header.resultsHash().toBytes()))) {
            throw new IOException("these are not the receipts of block " + height);
        }
        SidedPath path = SidedPath.of(MerkleTree.path(leaves, index));
        Located block = locate(header);
        return new Proven(
                new Proof.Receipt(receipts.get(index), path, block.block()), block.root());
    }

    /// That the ledger of one height begins with the blocks of that of another.
    ///
    /// @param earlier the height of the one, from 0
    /// @param later the height of the other, at least the same, at most that of the last block
    /// @throws IOException if a block's header cannot be read
    public Growth proveGrowth(long earlier, long later) throws IOException {
        Leaves<RuntimeException> read = read(later, earlier - 1);
        synchronized (log) {
            ConsistencyProof growth = log.growth(earlier, later, read);
            return new Growth(
                    new LogRoot(earlier, log.root(earlier, read)),
                    new Proven(
                            new Proof.Growth(growth.hashes()),
                            new LogRoot(later, log.root(later, read))));
        }
    }

    /// A proof of growth leads from a root to a root.
    ///
    /// @param earlier what it leads from
    public record Growth(LogRoot earlier, Proven later) {}

    private Located locate(BlockHeader header, Standing now) throws IOException {
        long index = header.height() - 1;
        Leaves<RuntimeException> read = read(now.height(), index);
        synchronized (log) {
            InclusionPath path = log.path(index, now.height(), read);
            return new Located(
                    new BlockProof(ByteString.of(header.encode()), path.siblings()),
                    new LogRoot(now.height(), log.root(now.height(), read)));
        }
    }

    /// What a proof of a tree may ask for, read before the log is locked: the block of height 1 has
    /// the first leaf.
    ///
    /// @param size of the tree
    /// @param index of the leaf that is proved, or that an earlier tree ends with; below 0 if none
    private Leaves<RuntimeException> read(long size, long index) throws IOException {
        SortedMap<Long, List<Digest>> subtrees = new TreeMap<>();
        for (long place : new long[] {index, size - 1}) {
            long first = firstBeside(place);
            if (place >= 0 && !subtrees.containsKey(first)) {
                long end = Math.min(size, first + MerkleHistory.SMALLEST_LEAVES);
                subtrees.put(first, leaves.read(first, end));
            }
        }
        return (from, to) -> {
            long first = firstBeside(from);
            List<Digest> subtree = Objects.requireNonNull(subtrees.get(first), "not read");
            return subtree.subList(Math.toIntExact(from - first), Math.toIntExact(to - first));
        };
    }

    /// The first leaf of the smallest subtree that a leaf is in.
    private static long firstBeside(long index) {
        return index - index % MerkleHistory.SMALLEST_LEAVES;
    }
}
