package mitoyen.ledger.wire;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Hmac;
import mitoyen.ledger.proof.MerkleTree;

/// One member's one day, of which only the hash goes into a tree (LE-80).
///
/// @param member his index in the terms
/// @param salt what keeps others from confirming a guess
/// @param content the CBOR that [DayLeaves] makes
public record DayLeaf(int member, Digest salt, ByteString content) {
    /// The salt of a member's day: HMAC-SHA-256 of kind and day under his salt key (LE-81).
    public static Digest salt(byte[] saltKey, DayKind kind, LocalDate day) {
        return salt(new Hmac(saltKey), kind, day.toString());
    }

    static Digest salt(Hmac salts, DayKind kind, String day) {
        return Digest.of(salts.of(utf8(kind.word()), utf8(day)));
    }

    /// The leaf hash of RFC 9162 over salt and content (LE-82).
    public Digest hash() {
        return MerkleTree.leafHash(salt.bytes(), content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
