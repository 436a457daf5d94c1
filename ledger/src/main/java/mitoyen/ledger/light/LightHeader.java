package mitoyen.ledger.light;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.MerkleTree;

/// A header of the engine, all of it: its hash is what validators sign (`LI-2`).
///
/// @param version of the engine's blocks, and of the application's as the engine has it
/// @param chain what the engine calls the network, 1 to 50 bytes of UTF-8
/// @param height of the engine's block, from 1 to [LightBlockCodec#MAX_HEIGHT]
/// @param previous empty in the first block
/// @param commit hash of the votes for the block before
/// @param data hash of what was ordered
/// @param validators hash of those who sign this block
/// @param next hash of those who sign the next one
/// @param consensus hash of the engine's parameters
/// @param app the ledger's anchor before this block, 40 bytes: its height, and the root over its
///   blocks
/// @param results hash of what the block before answered
/// @param evidence hash of the evidence in the block
/// @param proposer address of whoever proposed it, 20 bytes
public record LightHeader(
        Version version,
        String chain,
        long height,
        EngineTime time,
        Optional<PreviousBlock> previous,
        Digest commit,
        Digest data,
        Digest validators,
        Digest next,
        Digest consensus,
        ByteString app,
        Digest results,
        Digest evidence,
        ByteString proposer) {
    /// The length of an anchor [bytes].
    public static final int ANCHOR_LENGTH = Long.BYTES + Digest.LENGTH;

    /// The length of an address of a validator [bytes].
    public static final int ADDRESS_LENGTH = 20;

    /// The longest name of a network [bytes of UTF-8].
    public static final int MAX_CHAIN_LENGTH = 50;

    /// @throws IllegalArgumentException if a component is out of its range
    public LightHeader {
        int chainLength = chain.getBytes(StandardCharsets.UTF_8).length;
        if (chainLength < 1 || chainLength > MAX_CHAIN_LENGTH) {
            throw new IllegalArgumentException("a network's name of " + chainLength + " bytes");
        }
        if (height < 1 || height > LightBlockCodec.MAX_HEIGHT) {
            throw new IllegalArgumentException("a block of height " + height);
        }
        if (app.length() != ANCHOR_LENGTH || proposer.length() != ADDRESS_LENGTH) {
            throw new IllegalArgumentException("neither anchor nor address: " + app);
        }
        long size = ledgerHeight(app);
        if (size < 0 || size > LightBlockCodec.MAX_HEIGHT) {
            throw new IllegalArgumentException("an anchor of a ledger of " + size + " blocks");
        }
    }

    /// Which rules a block keeps to.
    ///
    /// @param block the engine's, from 0
    /// @param app the application's, from 0
    public record Version(int block, int app) {
        /// @throws IllegalArgumentException if one is negative
        public Version {
            if (block < 0 || app < 0) {
                throw new IllegalArgumentException("version " + block + " and " + app);
            }
        }
    }

    /// What the header proves once it is proved itself: the root over the ledger's blocks before
    /// this block of the engine.
    public LogRoot anchor() {
        return new LogRoot(
                ledgerHeight(app),
                new Digest(ByteString.of(app.toBytes(), Long.BYTES, ANCHOR_LENGTH)));
    }

    /// The root of the tree of RFC 9162 over the fields, each as a message of its own (`LI-2`).
    public Digest hash() {
        byte[] before =
                previous.map(block -> block.parts().blockId(block.hash()))
                        .orElseGet(() -> new ProtoWriter().message(2, new byte[0]).toBytes());
        Stream<byte[]> fields =
                Stream.of(
                        new ProtoWriter()
                                .varint(1, version.block())
                                .varint(2, version.app())
                                .toBytes(),
                        value(chain.getBytes(StandardCharsets.UTF_8)),
                        new ProtoWriter().varint(1, height).toBytes(),
                        time.toProto(),
                        before,
                        value(commit.toBytes()),
                        value(data.toBytes()),
                        value(validators.toBytes()),
                        value(next.toBytes()),
                        value(consensus.toBytes()),
                        value(app.toBytes()),
                        value(results.toBytes()),
                        value(evidence.toBytes()),
                        value(proposer.toBytes()));
        return MerkleTree.root(fields.map(MerkleTree::leafHash).toList());
    }

    private static byte[] value(byte[] bytes) {
        return new ProtoWriter().bytes(1, bytes).toBytes();
    }

    private static long ledgerHeight(ByteString app) {
        return ByteBuffer.wrap(app.toBytes()).getLong();
    }
}
