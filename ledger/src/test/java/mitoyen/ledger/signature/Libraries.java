package mitoyen.ledger.signature;

import java.util.List;

/// The libraries that a test holds against each other.
final class Libraries {
    private Libraries() {}

    /// The native one; where there is none, the other again, so that a test still says something.
    /// That it is there on the machines it is meant for is `SignatureLibraryTest`'s to say.
    static Arithmetic nativeOrPortable() {
        return SignatureLibrary.loadNative().orElse(SignatureLibrary.portable());
    }

    static List<Arithmetic> all() {
        return List.of(SignatureLibrary.portable(), nativeOrPortable());
    }
}
