package mitoyen.node.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import mitoyen.node.keys.Secret;

/// A member's one day on its way from one settler to another: sealed under what both know of the
/// member, his salt.
public final class SealedLeaf {
    private SealedLeaf() {}

    /// Seals a leaf.
    ///
    /// @param salt of the member
    /// @param kind `readings` or `allocations`
    public static byte[] seal(Secret salt, LocalDate day, String kind, byte[] content) {
        return new Seal().seal(key(salt), context(day, kind), content);
    }

    /// Opens a leaf.
    ///
    /// @throws IOException if it was changed, is of another day or kind, or of another member
    public static byte[] open(Secret salt, LocalDate day, String kind, byte[] sealed)
            throws IOException {
        return new Seal().open(key(salt), context(day, kind), sealed);
    }

    private static Secret key(Secret salt) {
        return new Secret(salt.derive("mitoyen leaf between settlers"));
    }

    private static byte[] context(LocalDate day, String kind) {
        return (day + "\n" + kind).getBytes(StandardCharsets.UTF_8);
    }
}
