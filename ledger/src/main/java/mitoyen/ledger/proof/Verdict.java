package mitoyen.ledger.proof;

import mitoyen.ledger.cbor.ByteString;

/// What a proof proves, or why it proves nothing (LE-169).
public sealed interface Verdict {
    /// After the block of this height the state held this value under the key of the part.
    record Held(String part, ByteString key, ByteString value, long height) implements Verdict {}

    /// After the block of this height the state held nothing under the key of the part.
    record Absent(String part, ByteString key, long height) implements Verdict {}

    /// The block of this height gave this receipt.
    record Receipt(ByteString receipt, long height) implements Verdict {}

    /// The ledger of the later height begins with the blocks of that of the earlier one.
    record Grown(long earlier, long later) implements Verdict {}

    /// Nothing is proved.
    record Refused(Reason reason) implements Verdict {}

    /// Why nothing is proved, the first that applies.
    enum Reason {
        /// More bytes than a proof may have.
        TOO_LARGE("too-large"),
        /// Not the encoding of a proof.
        MALFORMED("malformed"),
        /// The proof of something else than was asked about.
        OTHER_KIND("other-kind"),
        /// A block of height 0, or above the trusted height.
        HEIGHT("height"),
        /// The state has no such part and yet a way in it, or has it and no way in it.
        PART("part"),
        /// The way in the part does not lead to the part's root.
        ENTRY("entry"),
        /// The way in the state does not lead to the root that the header names.
        STATE("state"),
        /// The receipt's path does not lead to the root that the header names.
        RECEIPT("receipt"),
        /// The block's path does not lead to the trusted root.
        BLOCK("block"),
        /// The later root does not follow from the earlier one.
        GROWTH("growth");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /// The reason in a word, the same in every verifier.
        public String word() {
            return word;
        }
    }
}
