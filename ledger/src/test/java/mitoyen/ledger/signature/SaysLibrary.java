package mitoyen.ledger.signature;

import java.security.Security;
import java.util.Arrays;

/// A program that says which library it checks signatures with, and that it does; run by
/// `SignatureLibraryTest` in a JVM of its own.
final class SaysLibrary {
    private SaysLibrary() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        byte[] seed = new byte[32];
        byte[] message = {1, 2, 3};
        byte[] secret = Arrays.copyOf(new byte[] {1}, 32);
        SignatureChecker checker = SignatureChecker.forMany(100);
        boolean holds =
                checker.ed25519(Ed25519.keyOf(seed), message, Ed25519.sign(seed, message))
                        && checker.p256(P256.keyOf(secret), message, P256.sign(secret, message));
        boolean registered =
                Arrays.stream(Security.getProviders())
                        .anyMatch(provider -> provider.getName().startsWith("Amazon"));
        System.out.println(
                checker.providerName()
                        + (holds ? " checks" : " fails")
                        + (registered ? ", registered" : ""));
    }
}
