package mitoyen.node.cometbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether a CometBFT that ended was told to, or died: a script stands for it.
final class CometProcessTest {
    @TempDir private Path home;

    private final CompletableFuture<Integer> told = new CompletableFuture<>();

    /// A terminal and systemd tell both processes at once.
    @Test
    void oneThatWasToldToEndBeforeItsNodeWasIsNoDeath() throws Exception {
        for (String end : new String[] {"exit 0", "kill -TERM $$", "kill -INT $$"}) {
            CometProcess process = start(end, told, Duration.ofDays(1));
            awaitEnd();
            process.expectEnd();
            process.close();
            assertThat(told).as(end).isNotDone();
        }
    }

    @Test
    void oneThatEndsByItselfIsADeath() throws Exception {
        try (CometProcess _ = start("exit 0")) {
            assertThat(told.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void oneThatFailedIsADeathAlsoIfItsNodeIsToldToStopThen() throws Exception {
        for (String end : new String[] {"exit 2", "kill -KILL $$"}) {
            CompletableFuture<Integer> status = new CompletableFuture<>();
            try (CometProcess process = start(end, status)) {
                awaitEnd();
                process.expectEnd();
                assertThat(status.get(60, TimeUnit.SECONDS)).as(end).isNotZero();
            }
        }
    }

    @Test
    void oneThatIsToldByItsNodeIsNoDeath() throws Exception {
        start("exec sleep 600").close();
        assertThat(told).isNotDone();
    }

    private CometProcess start(String end) throws IOException {
        return start(end, told);
    }

    private CometProcess start(String end, CompletableFuture<Integer> status) throws IOException {
        return start(end, status, CometProcess.GRACE);
    }

    private CometProcess start(String end, CompletableFuture<Integer> status, Duration grace)
            throws IOException {
        Files.deleteIfExists(home.resolve("ending"));
        Path binary = home.resolve("cometbft");
        Files.writeString(binary, "#!/bin/sh\necho > '%s/ending'\n%s\n".formatted(home, end));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return CometProcess.start(
                binary, home, "unix://nowhere", "127.0.0.1:1", Map.of(), status::complete, grace);
    }

    /// The script says when it is about to end.
    private void awaitEnd() throws InterruptedException {
        while (Files.notExists(home.resolve("ending"))) {
            Thread.onSpinWait();
        }
    }
}
