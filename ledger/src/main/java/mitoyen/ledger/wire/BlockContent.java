package mitoyen.ledger.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.machine.Genesis;
import mitoyen.ledger.machine.Parameters;

/// The bundles of a block, taken apart (LE-57, LE-172). What is in them is not verified.
///
/// @param notice what the engine says of it; there in a shared ledger and in no other
/// @param ordered what was ordered: every bundle in a ledger that is not shared, every one behind
///   the notice in one that is
public record BlockContent(Optional<EngineNotice> notice, List<Ordered> ordered) {
    public BlockContent {
        ordered = List.copyOf(ordered);
    }

    /// What bundles are.
    ///
    /// @param limits of the rules that hold for the block
    /// @param height of the block
    /// @throws ForeignBlockException if the ledger is shared and the notice is missing
    public static BlockContent decode(
            Genesis genesis, Parameters limits, long height, List<byte[]> bundles) {
        boolean shared = genesis.isShared();
        List<Ordered> ordered = new ArrayList<>();
        for (byte[] bytes :
                shared && !bundles.isEmpty() ? bundles.subList(1, bundles.size()) : bundles) {
            ordered.add(Ordered.of(bytes, limits, shared));
        }
        return new BlockContent(
                shared ? Optional.of(notice(height, bundles)) : Optional.empty(), ordered);
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

    /// A bundle that was ordered.
    public sealed interface Ordered {
        /// Transactions that a node gathered, none or more.
        record Transactions(Bundle bundle) implements Ordered {}

        /// A block was asked for, for a timer that is due; only in a shared ledger.
        record Woken(Wake wake) implements Ordered {}

        /// Bytes that are neither.
        record Malformed(ByteString bytes) implements Ordered {}

        /// What a bundle is.
        ///
        /// @param shared whether the ledger is
        static Ordered of(byte[] bytes, Parameters limits, boolean shared) {
            try {
                return shared && isMap(bytes)
                        ? new Woken(Wake.decode(bytes))
                        : new Transactions(Bundle.decode(bytes, limits));
            } catch (CborException malformed) {
                return new Malformed(ByteString.of(bytes));
            }
        }

        /// A wake and a bundle are told apart by the kind of their item.
        private static boolean isMap(byte[] bytes) {
            return bytes.length > 0 && (bytes[0] & 0xe0) == 0xa0;
        }
    }
}
