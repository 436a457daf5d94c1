package mitoyen.ledger.proof;

/// A digest that binds whoever published it to some bytes and tells nobody else what they are.
public final class Commitment {
    private Commitment() {}

    /// The commitment to a content under a salt: SHA-256(0x04 || salt || content) (LE-18).
    ///
    /// @param salt secret and hard to guess, or whoever can guess the content can confirm it
    public static Digest of(Digest salt, byte[] content) {
        return Sha256.of(Sha256.Domain.COMMITMENT, salt.toBytes(), content);
    }
}
