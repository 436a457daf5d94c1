package mitoyen.ledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mitoyen.ledger.cbor.ByteString;

/// Parts of proofs with something done to them.
final class Altered {
    private Altered() {}

    /// The absence of a key from the ledger of somebody who hung another key's leaf on its way:
    /// each hash fits, and only that leaf's own place tells.
    static Proof.Entry offItsWay() {
        ByteString key = ProofWorld.bytes("left");
        Digest above = NaiveMap.sha256("above");
        Digest sibling = NaiveMap.sha256("sibling");
        boolean sameSide =
                MapPlace.of(key).isRight(0) == MapPlace.of(ProofWorld.bytes("above")).isRight(0);
        if (sameSide || MapPlace.of(key).isRight(0)) {
            throw new AssertionError("the keys must part at once");
        }
        Digest leaf = Sha256.of(Sha256.Domain.MAP_LEAF, above, sibling);
        Digest root = Sha256.of(Sha256.Domain.MAP_NODE, leaf, sibling);
        MerkleMap<Digest> state =
                MerkleMap.<Digest>empty(Digest::toBytes).put(ProofWorld.bytes("accounts"), root);
        MapProof off =
                new MapProof(
                        ByteString.of(new byte[] {(byte) 0x80}),
                        List.of(sibling),
                        new MapProof.Other(above, sibling));
        return new Proof.Entry(
                "accounts",
                key,
                Optional.of(off),
                state.prove(ProofWorld.bytes("accounts")),
                new BlockProof(
                        ByteString.of(ProofWorld.header(1, state.root(), sibling)), List.of()));
    }

    /// The root over a ledger of this block alone.
    static LogRoot trustIn(BlockProof block) {
        return new LogRoot(1, BlockProof.leafHash(block.header().toBytes()));
    }

    static byte[] growth(List<Digest> hashes) {
        return ProofCodec.encode(new Proof.Growth(hashes));
    }

    static byte[] append(byte[] bytes, int more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) more;
        return longer;
    }

    static List<Digest> append(List<Digest> digests, Digest more) {
        List<Digest> longer = new ArrayList<>(digests);
        longer.add(more);
        return longer;
    }

    /// The list with another last digest.
    static List<Digest> replaced(List<Digest> digests, Digest other) {
        return append(digests.subList(0, digests.size() - 1), other);
    }

    /// Levels with the same number of bits, the last of them one further down.
    static ByteString moved(ByteString levels) {
        byte[] bytes = append(levels.toBytes(), 0);
        int last = 8 * bytes.length - 1;
        while ((bytes[last / 8] & 0x80 >> last % 8) == 0) {
            last--;
        }
        bytes[last / 8] ^= (byte) (0x80 >> last % 8);
        last++;
        bytes[last / 8] ^= (byte) (0x80 >> last % 8);
        return ByteString.of(bytes, 0, last / 8 + 1);
    }
}
