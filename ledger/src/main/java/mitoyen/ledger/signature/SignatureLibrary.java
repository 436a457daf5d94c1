package mitoyen.ledger.signature;

import java.util.Optional;

/// Which library checks many signatures in this process: chosen when somebody first asks, once.
///
/// Amazon's native library where it loads and proves itself, Bouncy Castle elsewhere. Both give the
/// same answers (LE-143), so that the choice shows in nothing but speed.
public final class SignatureLibrary {
    /// The system property that, set to `true`, keeps this process to Bouncy Castle: for tests, and
    /// for whoever doubts the native library.
    public static final String PORTABLE_PROPERTY = "mitoyen.signatures.portable";

    private static final Arithmetic PORTABLE = new BouncyCastleArithmetic();

    private SignatureLibrary() {}

    /// The one in use.
    static Arithmetic chosen() {
        return Chosen.ARITHMETIC;
    }

    /// The one that is there on every machine.
    static Arithmetic portable() {
        return PORTABLE;
    }

    /// The native one, if it loads here and is healthy.
    static Optional<Arithmetic> loadNative() {
        try {
            return CorrettoArithmetic.load(PORTABLE);
        } catch (LinkageError | RuntimeException absent) {
            return Optional.empty();
        }
    }

    private static boolean isKeptPortable() {
        return Boolean.getBoolean(PORTABLE_PROPERTY);
    }

    /// Made when it is first asked for.
    private static final class Chosen {
        private static final Arithmetic ARITHMETIC =
                isKeptPortable() ? PORTABLE : loadNative().orElse(PORTABLE);
    }
}
