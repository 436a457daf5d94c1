package mitoyen.ledger.signature;

/// Checks signatures, with the library that is worth it. Any number of threads may share one.
///
/// The native library takes about 0.3 s of a processor to load, which is some thousands of checks
/// of the portable one: a command that looks at a month's ledger is done before. So whoever checks
/// many says so; the answers are the same (LE-143).
public final class SignatureChecker {
    private static final int FEW = 64;

    private final Arithmetic library;
    private final KnownKeys known;

    private SignatureChecker(Arithmetic library, KnownKeys known) {
        this.library = library;
        this.known = known;
    }

    /// A checker that loads nothing and remembers little, for up to a few thousand signatures.
    public static SignatureChecker forFew() {
        return portable(FEW);
    }

    /// A checker that loads nothing, for as many signatures as come to a process that wants none of
    /// the native library.
    ///
    /// @param keys as [#forMany] takes them
    public static SignatureChecker portable(int keys) {
        return new SignatureChecker(SignatureLibrary.portable(), new KnownKeys(keys));
    }

    /// A checker for as many signatures as come.
    ///
    /// @param keys how many Ed25519 keys to remember, 1 to 4,194,304, of about 130 bytes each;
    ///   about twice as many as sign will do
    /// @throws IllegalArgumentException if it is out of range
    public static SignatureChecker forMany(int keys) {
        return new SignatureChecker(SignatureLibrary.chosen(), new KnownKeys(keys));
    }

    /// The name of the library that it uses, for a log or a page.
    public String providerName() {
        return library.name();
    }

    /// Whether an Ed25519 signature of a message holds, its key being one (LE-141, LE-142).
    public boolean ed25519(byte[] key, byte[] message, byte[] signature) {
        return Ed25519.verify(library, known, key, message, signature);
    }

    /// Whether a P-256 signature of a message holds, its key being one (LE-144, LE-145).
    public boolean p256(byte[] key, byte[] message, byte[] signature) {
        return P256.verify(library, key, message, signature);
    }

    /// Whether an assertion of a passkey signs a challenge for a site (LE-147 to LE-149).
    ///
    /// @param key compressed P-256 key
    /// @param challenge the hash of what is to be signed, 32 bytes
    /// @throws IllegalArgumentException if the challenge has another length
    public PasskeyVerdict passkey(
            byte[] key, byte[] challenge, RelyingParty site, PasskeyAssertion assertion) {
        return Passkey.verify(library, key, challenge, site, assertion);
    }
}
