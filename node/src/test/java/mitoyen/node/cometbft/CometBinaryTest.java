package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where CometBFT is looked for, with programs made for the test.
class CometBinaryTest {
    private static final String MARK = "mod\tgithub.com/cometbft/cometbft\tv0.40.0\th1:abc=";
    private static final String OTHER = "mod\tgithub.com/cometbft/cometbft\tv0.38.25\th1:abc=";

    @TempDir Path folder;

    private final List<String> progress = new ArrayList<>();
    private Path first;
    private Path second;
    private Path cached;

    @BeforeEach
    void makeFolders() throws IOException {
        first = Files.createDirectories(folder.resolve("first"));
        second = Files.createDirectories(folder.resolve("second"));
        cached = folder.resolve("home/.cache/mitoyen/cometbft-v0.40.0/cometbft");
    }

    @Test
    void the_named_one_is_taken_before_all_others() throws IOException {
        program(first.resolve("cometbft"), MARK);
        Path named = program(folder.resolve("mine"), MARK);
        assertThat(find(Optional.of(named))).isEqualTo(named);
    }

    @Test
    void a_named_one_that_will_not_do_is_said_and_no_other_taken() throws IOException {
        program(first.resolve("cometbft"), MARK);
        Path old = program(folder.resolve("old"), OTHER);
        assertThatThrownBy(() -> find(Optional.of(old)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        old + ": not CometBFT 0.40.0, the version that this ledger is tested with");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> find(Optional.of(none)))
                .hasMessage(none + ": no program is there, or none that may be executed");
    }

    @Test
    void the_first_of_the_version_on_the_path_is_taken() throws IOException {
        program(first.resolve("cometbft"), OTHER);
        Path right = program(second.resolve("cometbft"), MARK);
        assertThat(find(Optional.empty())).isEqualTo(right);
    }

    @Test
    void a_program_that_says_the_version_is_of_it() throws IOException {
        Path release = script(first.resolve("cometbft"), "echo v0.40.0");
        assertThat(find(Optional.empty())).isEqualTo(release);
    }

    @Test
    void the_mark_is_found_wherever_it_lies() throws IOException {
        for (int before : new int[] {0, (1 << 20) - 10, (1 << 20) - 1, 1 << 20, 3_000_000}) {
            Path program = program(folder.resolve("at" + before), "x".repeat(before) + MARK);
            assertThat(find(Optional.of(program))).isEqualTo(program);
        }
    }

    @Test
    void the_folder_of_our_own_comes_after_the_path() throws IOException {
        program(cached, MARK);
        assertThat(find(Optional.empty())).isEqualTo(cached);
        Path onPath = program(second.resolve("cometbft"), MARK);
        assertThat(find(Optional.empty())).isEqualTo(onPath);
    }

    @Test
    void the_folder_of_our_own_may_be_elsewhere() throws IOException {
        Path elsewhere = folder.resolve("xdg/mitoyen/cometbft-v0.40.0/cometbft");
        program(elsewhere, MARK);
        program(cached, MARK);
        assertThat(find(Map.of("XDG_CACHE_HOME", folder.resolve("xdg").toString())))
                .isEqualTo(elsewhere);
        assertThat(find(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(cached);
    }

    @Test
    void without_go_it_says_what_is_missing_and_how_to_get_it() throws IOException {
        Path old = program(first.resolve("cometbft"), OTHER);
        assertThatThrownBy(() -> find(Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("CometBFT 0.40.0 is missing: not in " + cached)
                .hasMessageContaining("of another version in " + old)
                .hasMessageContaining("apt-get install golang-go");
    }

    @Test
    void the_launcher_looks_for_the_same_version() throws IOException {
        Path launcher = Path.of(System.getProperty("mitoyen.root"), "mitoyen");
        assertThat(Files.readString(launcher))
                .contains("/mitoyen/cometbft-v" + CometBinary.VERSION + "/cometbft");
    }

    @Test
    void go_builds_it_once() throws IOException {
        go("go1.26.8", "");
        assertThat(find(Optional.empty())).isEqualTo(cached);
        assertThat(find(Optional.empty())).isEqualTo(cached);

        assertThat(Files.readAllLines(folder.resolve("go.log")))
                .containsExactly(
                        "env GOVERSION toolchain=",
                        "install github.com/cometbft/cometbft/cmd/cometbft@v0.40.0 toolchain=");
        assertThat(progress).first().asString().startsWith("Building CometBFT 0.40.0 in ");
        try (Stream<Path> left = Files.list(cached.getParent())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("cometbft", "build.log", "lock");
        }
    }

    @Test
    void a_go_that_is_too_old_may_fetch_a_newer_one() throws IOException {
        go("go1.22.1", "");
        assertThat(find(Optional.empty())).isEqualTo(cached);
        assertThat(Files.readString(folder.resolve("go.log")))
                .contains("cometbft@v0.40.0 toolchain=auto");
    }

    @Test
    void for_a_go_that_cannot_it_is_fetched() throws IOException {
        Path toolchain = folder.resolve("toolchain");
        Path compiler = script(toolchain.resolve("bin/go"), goScript("newer"));
        Files.setPosixFilePermissions(compiler, PosixFilePermissions.fromString("r--r--r--"));
        Path tool = program(toolchain.resolve("pkg/tool/plan9_386/link"), "");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("r--r--r--"));
        go("go1.19.8", "{\"Dir\": \"" + toolchain + "\"}");

        assertThat(find(Optional.empty())).isEqualTo(cached);
        assertThat(tool).isExecutable();
        assertThat(Files.readAllLines(folder.resolve("go.log")))
                .contains(
                        "mod download -json golang.org/toolchain@v0.0.1-go1.25.0.plan9-386"
                                + " toolchain=")
                .last()
                .isEqualTo(
                        "newer install github.com/cometbft/cometbft/cmd/cometbft@v0.40.0"
                                + " toolchain=");
    }

    @Test
    void a_build_that_fails_leaves_nothing_and_says_where_to_read_on() throws IOException {
        script(first.resolve("go"), "[ $1 = env ] && echo go1.26.8 || { echo no disk; exit 1; }");
        assertThatThrownBy(() -> find(Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("failed: no disk; all of it is in")
                .hasMessageContaining("build.log");
        assertThat(cached).doesNotExist();
    }

    private Path find(Optional<Path> named) throws IOException {
        return find(named, Map.of());
    }

    private Path find(Map<String, String> more) throws IOException {
        return find(Optional.empty(), more);
    }

    private Path find(Optional<Path> named, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", first + ":" + second + "::relative");
        Surroundings surroundings =
                new Surroundings(environment, folder.resolve("home"), List.of());
        return new CometBinary(surroundings, progress::add).findFor(named);
    }

    /// A Go that logs what it is asked, says its version, and installs a program with the mark.
    private void go(String version, String download) throws IOException {
        script(
                first.resolve("go"),
                """
                case "$2" in
                    GOVERSION) echo %s ;;
                    GOOS) echo plan9 ;;
                    GOARCH) echo 386 ;;
                    download) echo '%s' ;;
                esac
                """
                                .formatted(version, download)
                        + goScript(""));
    }

    private String goScript(String name) {
        return """
        echo "%s$* toolchain=$GOTOOLCHAIN" >> %s
        if [ "$1" = install ]; then
            printf '%s' > "$GOBIN/cometbft"
            chmod +x "$GOBIN/cometbft"
        fi
        """
                .formatted(
                        name.isEmpty() ? "" : name + " ", folder.resolve("go.log"), escape(MARK));
    }

    private static String escape(String text) {
        return text.replace("\t", "\\t");
    }

    private static Path program(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path script(Path file, String lines) throws IOException {
        return program(file, "#!/bin/sh\n" + lines + "\n");
    }
}
