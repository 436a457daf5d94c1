package mitoyen.node.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import mitoyen.ledger.proof.Digest;
import mitoyen.node.keys.Secret;

/// A day as it lies in the vault: each leaf sealed under its member's key.
///
/// Sealing and opening need no vault, so that they can be done on any thread.
public final class SealedDay {
    private final VaultDay day;

    /// @param day with sealed bytes in its leaves
    SealedDay(VaultDay day) {
        this.day = day;
    }

    /// Seals a day.
    ///
    /// @param keyOf the vault key of the member behind a pseudonym
    public static SealedDay of(VaultDay day, Function<String, Secret> keyOf) {
        Seal seal = new Seal();
        String place = place(day);
        SortedMap<String, VaultDay.Leaf> sealed = new TreeMap<>(day.leaves());
        sealed.replaceAll((pseudonym, leaf) -> {
            byte[] context = context(place, pseudonym);
            Secret key = keyOf.apply(pseudonym);
            return new VaultDay.Leaf(seal.seal(key, context, leaf.bytes()));
        });
        return new SealedDay(day.withLeaves(sealed));
    }

    /// The day with the leaves of the members whose keys are known; the others stay sealed and are
    /// left out.
    ///
    /// @param keyOf the vault key of the member behind a pseudonym, or nothing where it was
    ///   destroyed
    /// @throws IOException if a leaf was altered or sealed under another key
    public VaultDay open(Function<String, Optional<Secret>> keyOf) throws IOException {
        Seal seal = new Seal();
        String place = place(day);
        SortedMap<String, VaultDay.Leaf> open = new TreeMap<>();
        for (Map.Entry<String, VaultDay.Leaf> sealed : day.leaves().entrySet()) {
            Optional<Secret> key = keyOf.apply(sealed.getKey());
            if (key.isPresent()) {
                byte[] context = context(place, sealed.getKey());
                byte[] bytes = sealed.getValue().bytes();
                open.put(sealed.getKey(), new VaultDay.Leaf(open(seal, key.get(), context, bytes)));
            }
        }
        return day.withLeaves(open);
    }

    /// The hash of the terms in force.
    public Digest terms() {
        return day.terms();
    }

    /// The day with what is sealed in its leaves.
    VaultDay sealed() {
        return day;
    }

    private byte[] open(Seal seal, Secret key, byte[] context, byte[] bytes) throws IOException {
        try {
            return seal.open(key, context, bytes);
        } catch (IOException altered) {
            throw new IOException(
                    "vault: the readings of " + day.date() + ": " + altered.getMessage(), altered);
        }
    }

    private static String place(VaultDay day) {
        return day.date() + "\n" + day.revision() + "\n";
    }

    /// Where a leaf belongs: it opens nowhere else.
    private static byte[] context(String place, String pseudonym) {
        return (place + pseudonym).getBytes(StandardCharsets.UTF_8);
    }
}
