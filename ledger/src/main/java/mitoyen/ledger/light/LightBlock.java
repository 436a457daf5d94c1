package mitoyen.ledger.light;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.signature.SignatureChecker;

/// A block of the engine without what was ordered: the header, and who signed it (`LI-1`).
///
/// @param round in which the engine agreed on the block, from 0
/// @param parts of the block
/// @param validators all of those who may sign it, in the engine's order, 1 to 128 of different
///   keys
public record LightBlock(
        LightHeader header, int round, BlockParts parts, List<LightValidator> validators) {
    /// The most validators (`LE-170`).
    public static final int MAX_VALIDATORS = 128;

    private static final int PRECOMMIT = 2;

    /// @throws IllegalArgumentException if the round is negative, or the validators are no set
    public LightBlock {
        validators = List.copyOf(validators);
        if (round < 0) {
            throw new IllegalArgumentException("round " + round);
        }
        if (validators.isEmpty() || validators.size() > MAX_VALIDATORS) {
            throw new IllegalArgumentException(validators.size() + " validators");
        }
        TreeSet<ByteString> keys = new TreeSet<>();
        validators.forEach(validator -> keys.add(validator.key()));
        if (keys.size() < validators.size()) {
            throw new IllegalArgumentException("a validator twice");
        }
    }

    /// The hash of the validators here, which the header must name (`LI-3`).
    public Digest validatorsHash() {
        return MerkleTree.root(
                validators.stream()
                        .map(validator -> MerkleTree.leafHash(validator.toProto()))
                        .toList());
    }

    /// The validators whose votes for this block hold (`LI-4`).
    List<LightValidator> listSigners(SignatureChecker checker) {
        byte[] blockId = parts.blockId(header.hash());
        return validators.stream().filter(each -> isSigner(each, blockId, checker)).toList();
    }

    private boolean isSigner(LightValidator validator, byte[] blockId, SignatureChecker checker) {
        return validator
                .vote()
                .filter(vote ->
                        checker.ed25519(
                                validator.key().toBytes(),
                                toSigned(blockId, vote.time()),
                                vote.signature().toBytes()))
                .isPresent();
    }

    /// What a validator signs who votes for this block: the engine's CanonicalVote, behind its
    /// length (`LI-4`).
    ///
    /// @param time of the vote
    public byte[] toSigned(EngineTime time) {
        return toSigned(parts.blockId(header.hash()), time);
    }

    private byte[] toSigned(byte[] blockId, EngineTime time) {
        return new ProtoWriter()
                .varint(1, PRECOMMIT)
                .fixed64(2, header.height())
                .fixed64(3, round)
                .message(4, blockId)
                .message(5, time.toProto())
                .bytes(6, header.chain().getBytes(StandardCharsets.UTF_8))
                .toDelimitedBytes();
    }
}
