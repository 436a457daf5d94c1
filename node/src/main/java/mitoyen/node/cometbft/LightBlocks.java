package mitoyen.node.cometbft;

import java.io.IOException;
import java.util.Optional;
import mitoyen.ledger.light.LightBlock;

/// The light blocks that the CometBFT beside this node keeps. For any thread.
///
/// Which header has the ledger's anchor after a block is looked for by halves, since anchors never
/// fall: that asks twenty times for a million blocks, and needs no block that was pruned.
public final class LightBlocks {
    private final CometRpc rpc;

    public LightBlocks(CometRpc rpc) {
        this.rpc = rpc;
    }

    /// That of CometBFT's last block; empty before the first.
    ///
    /// @throws IOException if CometBFT does not answer
    public Optional<LightBlock> findLatest() throws IOException, InterruptedException {
        return find(rpc.standing().height());
    }

    /// That of one of CometBFT's blocks; empty where it has none, or none any more.
    ///
    /// @throws IOException if CometBFT does not answer
    public Optional<LightBlock> find(long engineHeight) throws IOException, InterruptedException {
        CometRpc.Standing standing = rpc.standing();
        boolean kept = engineHeight >= standing.earliest() && engineHeight <= standing.height();
        return kept && engineHeight > 0
                ? Optional.of(rpc.lightBlock(engineHeight))
                : Optional.empty();
    }

    /// The first that CometBFT keeps whose anchor covers a block of the ledger; empty where none
    /// does yet.
    ///
    /// @param height of the ledger's block, from 0
    /// @throws IOException if CometBFT does not answer
    public Optional<LightBlock> findCovering(long height) throws IOException, InterruptedException {
        CometRpc.Standing standing = rpc.standing();
        long below = standing.earliest() - 1;
        long last = standing.height();
        if (last < standing.earliest() || last < 1 || anchored(last) < height) {
            return Optional.empty();
        }
        while (last - below > 1) {
            long middle = below + (last - below) / 2;
            if (anchored(middle) < height) {
                below = middle;
            } else {
                last = middle;
            }
        }
        return Optional.of(rpc.lightBlock(last));
    }

    private long anchored(long engineHeight) throws IOException, InterruptedException {
        return rpc.lightBlock(engineHeight).header().anchor().size();
    }
}
