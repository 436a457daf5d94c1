package mitoyen.ledger.light;

/// What a light block proves, or why it proves nothing (`LI-8`).
public sealed interface LightVerdict {
    /// The header is the engine's: what it says of the ledger holds, and it may be trusted next.
    record Proved(LightBlock block) implements LightVerdict {}

    /// Nothing is proved.
    record Refused(Reason reason) implements LightVerdict {}

    /// Why nothing is proved, the first that applies.
    enum Reason {
        /// More bytes than a light block may have.
        TOO_LARGE("too-large"),
        /// Not the encoding of a light block.
        MALFORMED("malformed"),
        /// The trusted header is older than it may be trusted.
        EXPIRED("expired"),
        /// Another network's.
        CHAIN("chain"),
        /// Not above the trusted height.
        HEIGHT("height"),
        /// Not after the trusted header's time.
        TIME("time"),
        /// From the future.
        FUTURE("future"),
        /// Another header than the one that was to be trusted.
        HASH("hash"),
        /// The validators given are not those that the header names.
        VALIDATORS("validators"),
        /// The validators are not those that the trusted header said would come next.
        NEXT_VALIDATORS("next-validators"),
        /// Too few of those signed whom the trusted header vouches for.
        TRUSTED_POWER("trusted-power"),
        /// Too few of its own validators signed.
        POWER("power");

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
