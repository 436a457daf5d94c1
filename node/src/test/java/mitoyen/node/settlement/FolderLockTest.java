package mitoyen.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import mitoyen.consensus.disk.RealDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    /// JO-13.
    @Test
    void askingWhoHasAFolderLetsNobodyElseIn(@TempDir Path folder) throws Exception {
        assertThat(FolderLock.isTaken(folder)).isFalse();
        try (FolderLock _ = FolderLock.take(folder, new RealDisk())) {
            assertThat(FolderLock.isTaken(folder)).isTrue();
            assertThat(isFreeForAnotherProcess(folder)).isFalse();
        }
        assertThat(FolderLock.isTaken(folder)).isFalse();
        assertThat(isFreeForAnotherProcess(folder)).isTrue();
    }

    private static boolean isFreeForAnotherProcess(Path folder)
            throws IOException, InterruptedException, URISyntaxException {
        Path classes =
                Path.of(Another.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                                java,
                                "-cp",
                                classes.toString(),
                                Another.class.getName(),
                                folder.resolve(".lock").toString())
                        .start()
                        .waitFor()
                == 0;
    }

    /// Another process: ends with 0 where it could lock the file, with 1 where it could not.
    static final class Another {
        private Another() {}

        /// Tries once.
        public static void main(String[] file) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? 1 : 0);
            }
        }
    }
}
