package mitoyen.ledger.wire;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.MerkleTree;
import mitoyen.ledger.proof.Sha256;

/// One member's one day, of which only the hash goes into a tree (LE-80).
///
/// @param member his index in the terms
/// @param salt what keeps others from confirming a guess
/// @param content the CBOR that [DayLeaves] makes
public record DayLeaf(int member, Digest salt, ByteString content) {
    /// The salt of a member's day: HMAC-SHA-256 of kind and day under his salt key (LE-81).
    public static Digest salt(byte[] saltKey, DayKind kind, LocalDate day) {
        return Sha256.hmac(saltKey, kind.word(), day.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The leaf hash of RFC 9162 over salt and content (LE-82).
    public Digest hash() {
        return MerkleTree.leafHash(salt.toBytes(), content.toBytes());
    }
}
