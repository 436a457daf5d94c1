package mitoyen.node.vault;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import mitoyen.ledger.proof.Digest;

/// One settled day as the vault keeps it.
///
/// @param date the local day
/// @param revision 0 for the first settlement of the day, 1 for its first correction, and so on
/// @param terms the hash of the terms in force
/// @param startMillis the start of the settled span [ms since 1970]
/// @param endMillis its end [ms since 1970]
/// @param intervals how many intervals it has
/// @param missing how many readings were missing and taken as 0
/// @param outside how many readings were left out, their meter being outside its days
/// @param leaves by pseudonym in hexadecimal: the readings leaf of each member with a meter
public record VaultDay(
        LocalDate date,
        int revision,
        Digest terms,
        long startMillis,
        long endMillis,
        int intervals,
        int missing,
        int outside,
        SortedMap<String, Leaf> leaves) {
    public VaultDay {
        leaves = Collections.unmodifiableSortedMap(new TreeMap<>(leaves));
    }

    VaultDay withLeaves(SortedMap<String, Leaf> others) {
        return new VaultDay(
                date, revision, terms, startMillis, endMillis, intervals, missing, outside, others);
    }

    /// The bytes of a leaf. Not copied: a year has seventy thousand.
    public static final class Leaf {
        private final byte[] bytes;

        /// Takes over the bytes.
        public Leaf(byte[] bytes) {
            this.bytes = bytes;
        }

        /// The bytes, not a copy.
        public byte[] bytes() {
            return bytes;
        }
    }
}
