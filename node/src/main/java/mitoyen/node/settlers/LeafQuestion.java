package mitoyen.node.settlers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import mitoyen.ledger.energy.SettledRoot;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.keys.Secret;

/// What one settler's node asks another's: the hashes of the leaves under a root that it came to,
/// or one of the leaves.
///
/// @param community whose day it is
/// @param kind which of the day's two trees
/// @param root of the tree, which is on the ledger
public record LeafQuestion(String community, LocalDate day, SettledRoot kind, Digest root) {
    /// What shows that a settler asks: only who has the community's salt can say it.
    public String token(Secret salt) {
        return HexFormat.of()
                .formatHex(
                        salt.derive(
                                "mitoyen question between settlers",
                                bytes(community),
                                bytes(day.toString()),
                                bytes(kind.toString()),
                                root.toBytes()));
    }

    /// Whether a token is the one of this question.
    public boolean isAskedWith(String token, Secret salt) {
        return MessageDigest.isEqual(bytes(token), bytes(token(salt)));
    }

    /// Where it is asked, below a node's `/api/v1`.
    String path() {
        return "communities/%s/days/%s/leaves/%s/%s".formatted(community, day, kind, root);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
