package mitoyen.ledger.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// LE-143: which library is chosen on what machine; and that it is chosen without a word.
final class SignatureLibraryTest {
    private static final String NATIVE = "Amazon Corretto Crypto Provider checks";
    private static final String PORTABLE = "Bouncy Castle checks";
    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));

    @Test
    void theNativeOneIsChosenWhereThereIsOne() throws Exception {
        assertThat(SignatureLibrary.loadNative().isPresent()).isEqualTo(nativeExists());
        assertThat(run(onClassPath(path -> true))).isEqualTo(nativeExists() ? NATIVE : PORTABLE);
    }

    @Test
    void aPropertyKeepsToThePortableOne() throws Exception {
        assertThat(
                        run(
                                onClassPath(path -> true),
                                "-D" + SignatureLibrary.PORTABLE_PROPERTY + "=true"))
                .isEqualTo(PORTABLE);
    }

    @Test
    void withoutItsJarThePortableOneIsChosen() throws Exception {
        assertThat(run(onClassPath(path -> !path.contains("AmazonCorretto")))).isEqualTo(PORTABLE);
    }

    /// As on a system of another kind, or where nothing in the folder for temporary files may be
    /// executed.
    @Test
    void whereItsLibraryDoesNotLoadThePortableOneIsChosen() throws Exception {
        assertThat(
                        run(
                                onClassPath(path -> true),
                                "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true"))
                .isEqualTo(PORTABLE);
    }

    @Test
    void aModulePathWillDoAsWell() throws Exception {
        assertThat(run(onModulePath(path -> true))).isEqualTo(nativeExists() ? NATIVE : PORTABLE);
        assertThat(run(onModulePath(path -> !path.contains("AmazonCorretto")))).isEqualTo(PORTABLE);
    }

    @Test
    void whoeverChecksFewLoadsNothing() {
        byte[] seed = new byte[32];
        byte[] message = P256.sign(onePrivateKey(), seed);
        byte[] signature = Ed25519.sign(seed, message);
        SignatureChecker few = SignatureChecker.forFew();
        assertThat(few.providerName()).isEqualTo("Bouncy Castle");
        assertThat(few.ed25519(Ed25519.keyOf(seed), message, signature)).isTrue();
        assertThat(few.ed25519(Ed25519.keyOf(seed), seed, signature)).isFalse();
        assertThat(few.p256(P256.keyOf(onePrivateKey()), seed, message)).isTrue();
        assertThat(few.p256(P256.keyOf(onePrivateKey()), message, message)).isFalse();
    }

    /// A library that answers wrong, or not at all, is not trusted.
    @Test
    void aLibraryThatErrsIsUnhealthy() {
        Arithmetic portable = SignatureLibrary.portable();
        assertThat(KnownAnswers.gives(portable::ed25519, portable::p256)).isTrue();
        assertThat(KnownAnswers.gives((key, message, signature) -> true, portable::p256)).isFalse();
        assertThat(KnownAnswers.gives((key, message, signature) -> false, portable::p256))
                .isFalse();
        assertThat(KnownAnswers.gives(portable::ed25519, (key, message, signature) -> true))
                .isFalse();
        assertThat(KnownAnswers.gives(portable::ed25519, (key, message, signature) -> false))
                .isFalse();
        assertThat(
                        KnownAnswers.gives(
                                portable::ed25519,
                                (key, message, signature) -> {
                                    throw new IllegalStateException("no memory");
                                }))
                .isFalse();
    }

    /// Whether the native library is built for this machine.
    private static boolean nativeExists() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        return processor.equals("aarch64")
                ? system.startsWith("Linux") || system.startsWith("Mac")
                : processor.equals("amd64") && system.startsWith("Linux");
    }

    private static byte[] onePrivateKey() {
        return Arrays.copyOf(new byte[] {1}, 32);
    }

    private static List<String> onClassPath(Predicate<String> kept) {
        return List.of("-cp", join(CLASS_PATH.stream().filter(kept)), SaysLibrary.class.getName());
    }

    /// The program and its libraries as modules, the tests patched into the ledger's.
    private static List<String> onModulePath(Predicate<String> kept) {
        Predicate<String> tests = path -> path.endsWith("test-classes");
        Predicate<String> modules =
                path ->
                        Stream.of(
                                        "classes",
                                        "bcprov",
                                        "jspecify",
                                        "pcollections",
                                        "AmazonCorretto",
                                        "ledger-")
                                .anyMatch(Path.of(path).getFileName().toString()::startsWith);
        return List.of(
                "-p",
                join(CLASS_PATH.stream().filter(tests.negate().and(modules).and(kept))),
                "--patch-module",
                "mitoyen.ledger=" + join(CLASS_PATH.stream().filter(tests)),
                "-m",
                "mitoyen.ledger/" + SaysLibrary.class.getName());
    }

    private static String join(Stream<String> paths) {
        return paths.collect(Collectors.joining(File.pathSeparator));
    }

    /// All that a JVM of its own says, on both of its outputs.
    private static String run(List<String> program, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        if (program.getFirst().equals("-p") && program.get(1).contains("AmazonCorretto")) {
            command.add("--enable-native-access=com.amazon.corretto.crypto.provider");
        }
        command.addAll(Arrays.asList(options));
        command.addAll(program);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
