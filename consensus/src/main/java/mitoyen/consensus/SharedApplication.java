package mitoyen.consensus;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/// What an engine of several nodes asks beside [Application], and tells: it asks before it orders,
/// and tells who misbehaved.
///
/// The first bundle of each of its blocks is a *notice* of the engine, made by [#notice] on each
/// node, the same everywhere; those behind it are what was ordered. A block of the engine without
/// anything ordered and without evidence is no block of the ledger: it leaves no trace.
public interface SharedApplication {
    /// What names the ledger: lower-case hexadecimal, the same on every node.
    String ledger();

    /// Who orders after the block that was executed last, be it committed or not: the power of each
    /// Ed25519 key, in lower-case hexadecimal.
    SortedMap<String, Long> validators();

    /// Whether a bundle may wait for a block. On any thread, several at once.
    ///
    /// @param bundle not to be changed afterwards
    /// @param again whether it waits already, and a block was committed since
    CompletableFuture<Verdict> check(byte[] bundle, boolean again);

    /// What of the bundles that wait this node would have in the next block, in order.
    ///
    /// @param timeMillis the block's time [ms since 1970]
    /// @param belowMillis the time of the engine's block below, if it was decided since the node
    ///   started [ms since 1970]
    /// @param most what they may come to, each with 8 bytes more [bytes]
    List<byte[]> select(long timeMillis, OptionalLong belowMillis, List<byte[]> waiting, long most);

    /// Whether a block that another node proposes may be made: the same answer on every node that
    /// is as far.
    boolean accepts(long timeMillis, List<byte[]> bundles);

    /// What the engine says of a block, as its first bundle.
    ///
    /// @param engineHeight of the engine's block, at least 1
    byte[] notice(long engineHeight, List<Misconduct> misconduct);

    /// The height of the engine's block, read back.
    ///
    /// @param notice as [#notice] made it
    long engineHeight(byte[] notice);

    /// What the engine's validators sign as the outcome of all blocks up to one: the same from
    /// block to block of the engine where the ledger has none.
    ///
    /// @param last the last block, committed or executed on top of the committed ones; empty before
    ///   the first
    byte[] anchor(Optional<BlockHeader> last);

    /// The answer to [#check].
    ///
    /// @param word why not; empty where it may
    record Verdict(Optional<String> word) {
        /// It may wait.
        public static final Verdict ADMITTED = new Verdict(Optional.empty());

        /// It may not.
        public static Verdict refused(String word) {
            return new Verdict(Optional.of(word));
        }
    }
}
