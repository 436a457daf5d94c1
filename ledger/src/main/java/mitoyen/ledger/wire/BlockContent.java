package mitoyen.ledger.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Genesis;

/// The bundles of a block, taken apart (LE-57, LE-172).
///
/// @param notice what the engine says of it; there in a shared ledger and in no other
/// @param ordered what was ordered: every bundle in a ledger that is not shared, every one behind
///   the notice in one that is
public record BlockContent(Optional<EngineNotice> notice, List<Examined> ordered) {
    public BlockContent {
        ordered = List.copyOf(ordered);
    }

    /// What bundles are.
    ///
    /// @param height of the block
    /// @param examining finds out what a bundle is, for this block
    /// @throws ForeignBlockException if the ledger is shared and the notice is missing
    public static BlockContent of(
            Genesis genesis,
            long height,
            List<byte[]> bundles,
            Function<byte[], Examined> examining) {
        if (!genesis.isShared()) {
            return new BlockContent(Optional.empty(), bundles.stream().map(examining).toList());
        }
        EngineNotice notice = notice(height, bundles);
        return new BlockContent(
                Optional.of(notice), bundles.stream().skip(1).map(examining).toList());
    }

    private static EngineNotice notice(long height, List<byte[]> bundles) {
        if (bundles.isEmpty()) {
            throw new ForeignBlockException(height, "the engine's notice is missing");
        }
        try {
            return EngineNotice.decode(bundles.getFirst());
        } catch (CborException malformed) {
            throw new ForeignBlockException(
                    height,
                    "its first bundle is no notice of the engine, " + malformed.getMessage());
        }
    }
}
